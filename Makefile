# Frontdoor: set-up, run, test. Needs git, make and Python 3.11 or later with venv.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin

# Behind the system's own programmes: Node, where it comes as a Python package.
export PATH := $(PATH):$(CURDIR)/$(BIN)

.PHONY: help setup run test check bench mutants format

help:  ## What each command does
	@grep -hE '^[a-z]+:.*##' Makefile | sed 's/:.*##/\t/' | expand -t 12

setup: .venv/.ready web/static/.ready  ## Python packages in .venv and the web assets

.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Frontdoor needs Python 3.11 or later; name one with make PYTHON=python3.11"; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv || { echo "Python's venv module is missing: install python3-venv"; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	@command -v npm >/dev/null 2>&1 || test -x $(BIN)/npm \
	  || $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.lock
	@touch $@

web/static/.ready: .venv/.ready web/package-lock.json web/build.mjs $(wildcard web/src/*)
	cd web && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && node build.mjs
	@touch $@

run: setup  ## Start Frontdoor with demo people and cases on http://127.0.0.1:$(PORT)
	$(BIN)/frontdoor db upgrade
	-$(BIN)/frontdoor demo
	$(BIN)/frontdoor serve --port $(PORT)

test: setup  ## Every test: unit, database, real browser
	tools/system_parts
	$(BIN)/pytest -n 2 --dist worksteal
	$(BIN)/frontdoor scenario bpmn/*/scenarios.toml

check: setup  ## Format, lint, types, import rules, and the procedures themselves
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/frontdoor check

build/bench/.ready: .venv/.ready requirements-bench.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --upgrade \
	  --target $(@D) -r requirements-bench.lock
	@touch $@

bench: setup build/bench/.ready  ## Every benchmark, beside a named rival in the same run
	$(BIN)/python bench/engine_step.py
	PYTHONPATH=build/bench $(BIN)/python bench/decisions.py
	$(BIN)/python bench/parallel.py
	$(BIN)/python bench/pages.py

AUTHORITIES := $(filter-out shared,$(notdir $(patsubst %/,%,$(wildcard bpmn/*/))))

mutants: setup  ## Faults put into tables and diagrams one by one: is each of them seen?
	$(BIN)/python -m tools.mutants southwark
	$(BIN)/python -m tools.mutants $(AUTHORITIES) --diagrams --sample 40 --seed 1

format: setup  ## Rewrite the code in the project's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
