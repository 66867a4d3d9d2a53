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
RUN groupadd --system --gid 10001 attache && useradd --system --uid 10001 --gid attache --home-dir /data attache && \
    install --directory --mode=0700 --owner=attache --group=attache /data
COPY --from=build /opt/attache /opt/attache
# The one volume: the database, and attache.toml if settings are not given as variables. All else may be read-only.
VOLUME /data
WORKDIR /data
ENV PATH=/opt/attache/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    ATTACHE_DATABASE=sqlite:////data/attache.db ATTACHE_WEB__HOST=0.0.0.0
EXPOSE 8080
# By number: whoever runs it can see that this is not root.
USER 10001:10001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=15s --start-period=30s CMD ["attache", "health"]
ENTRYPOINT ["attache"]
CMD ["run"]
