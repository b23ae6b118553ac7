# Every job of the project; `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO := demo
PORT ?= 8350

.DEFAULT_GOAL := help
.PHONY: help install demo test fix bench serve ftm lock

help: ## List the jobs
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

install: $(STAMP) ## Build .venv from the hash-pinned requirements.lock

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

demo: $(STAMP) ## Run the main job on the bundled sample and say where the report is
	$(BIN)/tallystick demo --case $(DEMO)

test: $(STAMP) ## Lint, types, layers, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto

fix: $(STAMP) ## Mend what the linter can mend, and format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMP) ## Measure every stage beside its peer: one table, and benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks

serve: demo ## Serve the workbench of the demo at http://127.0.0.1:8350, to this machine only
	$(BIN)/tallystick serve --case $(DEMO) --port $(PORT)

ftm: $(STAMP) ## Add FollowTheMoney's own validator for the tests (needs ICU's headers and a C++ compiler)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-ftm.lock

lock: ## Resolve requirements.lock and requirements-ftm.lock anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--group dev --group bench --group data --all-extras pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--group ftm --constraint requirements.lock pyproject.toml -o requirements-ftm.lock
