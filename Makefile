# Gradin's whole set-up: Python >= 3.11 and make are all that must be there before.
PYTHON ?= python3
PORT ?= 8000
TOOLS := .tools
UV := PYTHONPATH=$(TOOLS) $(PYTHON) -m uv
VENV := .venv
BIN := $(VENV)/bin
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header

.PHONY: run setup test check format bench lock clean test-setup assurance sbom audit
.DEFAULT_GOAL := help

help:
	@echo "make run     set-up, demonstration data, a live amphi with robots, on http://127.0.0.1:$(PORT)"
	@echo "make test    set-up of the tests, then all of them (SQLite, PostgreSQL, browser)"
	@echo "make check   format, lint, types, import contracts, migrations, locks, known weaknesses"
	@echo "make assurance  faults, races, power cuts, mutants: GRADIN_ASSURANCE_MINUTES (30), then docs/assurance.md"
	@echo "make bench   every figure beside its reference and its goal, in half an hour; sh bench/run NAME: one of them"

run: $(VENV)/.run
	@PORT=$(PORT) $(BIN)/gradin run-demo

setup: $(VENV)/.run

test: test-setup
	@sh tests/run

check: $(VENV)/.test
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/gradin makemigrations --check --dry-run --settings gradin.config.settings_check
	@$(PYTHON) deploy/nomenclature.py --verifie
	@$(PYTHON) deploy/audit.py

# What is too long for every submission, and the report of it, docs/assurance.md (assurance/README.md).
assurance: test-setup
	@$(BIN)/python -m assurance

format: $(VENV)/.test
	$(BIN)/ruff check --quiet --fix .
	$(BIN)/ruff format --quiet .

bench: $(VENV)/.test
	@sh bench/run

lock: $(TOOLS)/.uv
	$(LOCK) requirements/uv.in -o requirements/uv.txt
	$(LOCK) requirements/run.in -o requirements/run.txt
	$(LOCK) requirements/test.in -o requirements/test.txt
	$(LOCK) requirements/bench.in -o requirements/bench.txt

# What is installed to run, from the lock; no network.
sbom:
	$(PYTHON) deploy/nomenclature.py > sbom.json

# Known weaknesses of what is locked. `make check` asks too, and goes on when the public database does not answer.
audit:
	@$(PYTHON) deploy/audit.py --exige

clean:
	rm -rf $(VENV) $(TOOLS) var

test-setup: $(VENV)/.test
	@sh tests/install-system

$(TOOLS)/.uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Gradin needs Python 3.11 or newer: make PYTHON=python3.x $(MAKECMDGOALS)"; exit 1; }
	@echo "Preparing the environment (once)..."
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-warn-conflicts --root-user-action=ignore --upgrade --target $(TOOLS) --require-hashes -r requirements/uv.txt
	@touch $@

$(VENV)/pyvenv.cfg: $(TOOLS)/.uv
	@$(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/pyvenv.cfg requirements/run.txt pyproject.toml
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps -e .
	@$(BIN)/gradin collectstatic --noinput --verbosity 0 --ignore 'hx-*'
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements/test.txt
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/test.txt
	@touch $@
