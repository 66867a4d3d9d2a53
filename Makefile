# One command for each job; every target makes the set-up it needs.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header
COMPILE := $(LOCK) pyproject.toml --extra postgres --extra apprise
AUDIT := $(VENV)/audit
SBOM ?= sbom.json

.PHONY: help demo run test check format setup model lock bench hostile fit docs pictures figures sbom audit clean

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 11

demo: $(VENV)/.run  ## the main job, offline: poll sample sources, brief, digest, demo/preview.html
	$(BIN)/attache demo

run: $(VENV)/.run  ## the service, with attache.toml
	$(BIN)/attache run

test: $(VENV)/.dev  ## every test
	$(BIN)/pytest -n auto --dist worksteal

check: $(VENV)/.dev  ## format, lint, types, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

hostile: $(VENV)/.dev  ## the attacks alone; writes how many were tried and how many held to docs/security.md
	$(BIN)/python -m tests.hostile.tiers

format: $(VENV)/.dev  ## put the code in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.bench  ## measure, beside the peers, forty minutes; BENCH=full kills, soaks and polls more; rewrites benchmarks/RESULTS.md and README's figures
	$(BIN)/python -m benchmarks
	$(BIN)/python -m docs.figures

fit: $(VENV)/.bench  ## fit the weights of subject, positions and stances to training/statements again; rewrites bot/data
	$(BIN)/python -m training.subject $(patsubst %,--also %,$(wildcard ../shared/corpus/dev.jsonl))
	$(BIN)/python -m training $(patsubst %,--also %,$(wildcard ../shared/corpus/dev.jsonl))

docs: $(VENV)/.dev  ## the guides as a web site: build/docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build

pictures: $(VENV)/.dev  ## the pictures of README and guides, from the demo, in the system's Chromium
	$(BIN)/python -m docs.pictures

figures: $(VENV)/.run  ## the figures in README.md, from where they are measured
	$(BIN)/python -m docs.figures

setup: $(VENV)/.run  ## .venv with the locked requirements; afterwards .venv/bin/attache works

model: $(VENV)/.model  ## what the optional language model needs, after `make setup`; then fill in [model]

lock: $(VENV)/.dev  ## resolve the requirements again and write their hashes
	$(COMPILE) requirements/run.in -o requirements/run.txt
	$(COMPILE) --extra model requirements/dev.in -o requirements/dev.txt
	$(COMPILE) --extra model requirements/model.in -c requirements/dev.txt -o requirements/model.txt
	$(COMPILE) requirements/bench.in -c requirements/dev.txt -o requirements/bench.txt
	$(LOCK) requirements/audit.in -o requirements/audit.txt

sbom: $(AUDIT)/.made  ## the list of what the service is made of (CycloneDX), from the lock file: sbom.json
	$(AUDIT)/bin/cyclonedx-py requirements requirements/run.txt --pyproject pyproject.toml --mc-type application \
		--output-reproducible --of JSON -o $(SBOM)

audit: $(AUDIT)/.made  ## known weaknesses of what is locked; needs a network that reaches the advisories
	@for lock in requirements/*.txt; do echo "$$lock:"; \
		$(AUDIT)/bin/python -m pip_audit --strict --require-hashes --disable-pip --progress-spinner off -r $$lock || \
		{ echo "audit: $$lock did not pass: either a weakness is named above, or the advisories cannot be reached from" \
		"here and nothing was checked; run it where they can be"; exit 1; }; done

clean:  ## remove what the targets above made
	rm -rf $(VENV) demo .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(VENV)/bin/pip:
	$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Attaché needs Python 3.11 or newer; this is %s. Name one: make PYTHON=python3.12 …" % sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt pyproject.toml | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(AUDIT)/.made: requirements/audit.txt | $(VENV)/bin/pip
	$(PYTHON) -m venv $(AUDIT)
	$(AUDIT)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/audit.txt
	touch $@

$(VENV)/.model: requirements/model.txt $(VENV)/.run
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/model.txt
	touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

$(VENV)/.bench: requirements/bench.txt $(VENV)/.run
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	touch $@
