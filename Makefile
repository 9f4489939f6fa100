# On a fresh machine `make demo` and `make test` set up everything they need themselves.

VENV ?= .venv
BIN := $(VENV)/bin
export VENV

NEEDS := pyproject.toml constraints.txt scripts/setup casebook/machine.py

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint format types bench references schemas words clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*  ## /\1\t/p' Makefile | expand -t 14

setup: $(VENV)/ready-dev  ## everything for using, testing and changing casebook

demo: $(VENV)/ready-use  ## the main job on the sample portfolio
	@sh scripts/demo

test: lint types  ## all checks, then all tests, the quick ones with their coverage
	$(BIN)/casebook schema --check
	$(BIN)/python -m pytest -n 2 --dist worksteal -rs -m "not slow" --cov --cov-report=term
	$(BIN)/python -m pytest -n 2 --dist worksteal -rs -m slow

lint: $(VENV)/ready-dev  ## style and the order of imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

format: $(VENV)/ready-dev  ## put the code into its one form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

types: $(VENV)/ready-dev  ## types
	$(BIN)/mypy

bench: $(VENV)/ready-dev  ## the commands' times and memory, as ratios
	@$(BIN)/python benchmarks/command_line.py
	@$(BIN)/python benchmarks/agreement.py
	@$(BIN)/python benchmarks/batch.py

references: $(VENV)/ready-dev  ## accept how texts look now; read the difference before a commit
	$(BIN)/python -m pytest --renew-references

schemas: $(VENV)/ready-use  ## write schemas/ anew from the records
	$(BIN)/casebook schema

words: $(VENV)/ready-use  ## bring the catalogues of other languages up to date with the code
	$(BIN)/python scripts/words.py

clean:  ## remove what was made here, the virtual environment included
	rm -rf build dist htmlcov .coverage .coverage.* .hypothesis $(VENV)
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

$(VENV)/ready-use: $(NEEDS)
	@sh scripts/setup use

$(VENV)/ready-dev: $(NEEDS) tests/accessibility/package.json
	@sh scripts/setup dev
