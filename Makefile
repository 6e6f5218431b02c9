# Kambila: `make demo` and `make test` need Python 3.11 or newer, make, and the internet the first time.

PYTHON ?= python3
PORT ?= 8000
DATA ?= demo-data
WORKERS ?= 2

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
NODE_PATH := PATH="$$PATH:$(CURDIR)/$(BIN)"
CATALOGUES := $(shell find kambila -name django.po)
FRONTEND := $(wildcard frontend/*.js frontend/forms/*.js frontend/map/*.js frontend/map/*.css frontend/*.json frontend/.npmrc)

help: ## What can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: install ## Build the example programme and serve it (PORT=8000 DATA=demo-data)
	@$(BIN)/kambila --data $(DATA) demo --port $(PORT)

test: install browser ## Run the tests
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

install: .venv/.kambila ## Make .venv with Kambila in it

.venv/.kambila: .venv/.packages pyproject.toml hatch_build.py $(FRONTEND) $(CATALOGUES)
	@echo "Kambila: translations, browser bundle and the kambila command"
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.packages: requirements/dev.txt requirements/node.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Kambila needs Python 3.11 or newer (make install PYTHON=/path/to/python3)."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "Python cannot make .venv. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Kambila: packages (a few minutes the first time)"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@$(BIN)/python -c 'import sys, hatch_build; sys.exit(hatch_build.node_folder() is None)' || $(PIP) --require-hashes -r requirements/node.txt
	@touch $@

# A part of the tests opens pages in a real browser, another one reads the OGC API as map programs do.
browser:
	@.ci/browser
	@.ci/gdal

lint: install ## Check style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install ## Check types
	$(BIN)/mypy

bench: install ## Measure speed against the aims; the table goes to bench-results/
	$(BIN)/python -m bench

campaign: install ## Search for long, and try QGIS and Spark where they are: what CI has no time for
	$(BIN)/python -m pytest -n $(WORKERS) -m "campaign or hypothesis" --hypothesis-profile campaign

messages: install ## Bring the translation catalogues up to date with the source
	$(BIN)/python -m house.messages

lock: install ## Lock the newest versions of all packages, with hashes
	$(BIN)/python -m house.lock
	cd frontend && $(NODE_PATH) npm update --package-lock-only --silent

sbom: install ## Write the bills of materials of a release: sbom.json, sbom-frontend.json
	@$(PIP) --require-hashes -r requirements/sbom.txt
	$(BIN)/cyclonedx-py requirements requirements/runtime.txt --pyproject pyproject.toml --output-reproducible -o sbom.json
	cd frontend && $(NODE_PATH) npm sbom --sbom-format cyclonedx --omit dev --package-lock-only --silent > ../sbom-frontend.json

wheel: install ## Build the wheel into dist/
	$(BIN)/python -m build --wheel --no-isolation

clean: ## Remove what can be made again (never your data)
	rm -rf .venv dist build frontend/node_modules kambila/desk/static/bundle .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find kambila -name '*.mo' -delete

.PHONY: help demo test install browser lint types bench campaign messages lock sbom wheel clean
