# Two stages: the first installs what the lock file names, by hash; the second carries only the result.
FROM python:3.12-slim AS build
WORKDIR /src
COPY requirements/run.txt requirements/run.txt
RUN python -m venv /opt/attache && /opt/attache/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY adapters adapters
RUN /opt/attache/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /data attache && install --directory --owner=attache /data
COPY --from=build /opt/attache /opt/attache
# The one volume: the database, and attache.toml if settings are not given as variables.
VOLUME /data
WORKDIR /data
USER attache
ENV PATH=/opt/attache/bin:$PATH PYTHONUNBUFFERED=1 ATTACHE_DATABASE=sqlite:////data/attache.db
STOPSIGNAL SIGTERM
ENTRYPOINT ["attache"]
CMD ["run"]
