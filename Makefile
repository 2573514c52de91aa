# Everything a person runs here. `make` alone says what there is.
# Needs git, make, python3 (3.11 to 3.13) and python3-venv; the rest comes with `make setup`.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
LOCKS := requirements-build.lock requirements-dev.lock
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq install
CONVERSATIONS := tests/house tests/people tests/home tests/tickets tests/approvals tests/documents tests/reminders \
	$(wildcard tests/invoices/test_conversation*.py)
COMPILE := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --annotation-style line --custom-compile-command 'make lock'

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-doors test-all lint types words words-model measures mutants format check bench pictures lock upgrade docker

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## Make .venv with everything, from the locks; afterwards there is .venv/bin/zaplecze
	@case ' $(MAKECMDGOALS) ' in *' setup '*) echo 'Ready: make demo, make test, $(BIN)/zaplecze --help';; esac

demo: setup ## Show it in the browser, no Slack account needed (PORT=8765; FRESH=1 forgets the last demo)
	@exec $(BIN)/zaplecze demo

test: setup ## Prove it: the ordinary tests, in the browser too where chromium is (ARGS='-k invoice' for some)
	@$(BIN)/pytest -n 2 --dist loadfile -m 'not slow' $(ARGS)

test-doors: setup ## The conversations once more, by Socket Mode and by signed HTTP
	@$(BIN)/pytest -n 2 --dist loadfile $(CONVERSATIONS) -m 'not slow and not browser' --door=socket --database=sqlite $(ARGS)
	@$(BIN)/pytest -n 2 --dist loadfile $(CONVERSATIONS) -m 'not slow and not browser' --door=http --database=postgresql $(ARGS)

test-all: setup ## The slow tests as well
	@$(BIN)/pytest -n 2 --dist loadfile $(ARGS)

lint: setup ## Style, form, and who may import whom
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/lint-imports --no-cache --no-logo

types: setup ## Strict types
	@$(BIN)/mypy

words: setup ## Say which sentences the catalogues lack, as entries to translate
	@$(BIN)/python -m tests.contract.lacking

words-model: setup ## Learn anew what sentences want (handlers/words/sentences), and measure it in docs/words.md
	@$(BIN)/python -m tests.words.trainer

measures: setup ## Say how the code reads, in figures
	@$(BIN)/python -m tests.contract.measures

mutants: setup ## Change what decides about money, and see whether the tests notice; goes on where it stopped
	@$(BIN)/python -m tests.contract.mutants $(ARGS)

format: setup ## Put every file into form
	@$(BIN)/ruff check --fix --quiet || true
	@$(BIN)/ruff format

check: lint types test-all test-doors ## All that .ci/run asks

bench: setup ## Measure what is promised to be fast
	@$(BIN)/python -m tests.bench $(ARGS)

pictures: setup ## Take the pictures of docs/pictures anew, from a fresh demo
	@$(BIN)/python -m tests.e2e.pictures $(ARGS)

lock: $(BIN)/uv ## Write the locks anew after a change in pyproject.toml; what stands in them stays
	@$(COMPILE) $(UPGRADE) pyproject.toml --group dev --output-file requirements-dev.lock
	@$(COMPILE) $(UPGRADE) pyproject.toml --constraints requirements-dev.lock --output-file requirements.lock
	@$(COMPILE) $(UPGRADE) --group build --constraints requirements-dev.lock --output-file requirements-build.lock
	@! grep -n '://' requirements*.lock
	@echo "The locks are written; make setup installs them."

upgrade: ## Write the locks anew with the newest releases
	@$(MAKE) --no-print-directory lock UPGRADE=--upgrade

sbom: setup ## Write what the product is made of: sbom.cdx.json, and NOTICE with each licence
	@$(BIN)/python -m tests.contract.components

docker: ## Build the image zaplecze (BASE=python:3.13-slim@sha256:… pins what it begins from)
	@docker build $(if $(BASE),--build-arg BASE=$(BASE)) --tag zaplecze .

# The stamp: older than a lock or pyproject.toml means that .venv is behind them.
$(READY): $(LOCKS) pyproject.toml | $(BIN)/pip
	@echo "Installing $$(grep -c '^[a-z].*==' requirements-dev.lock) packages, each checked against its hash …"
	@$(PIP) --no-deps --require-hashes --only-binary :all: -r requirements-build.lock
	@$(PIP) --no-deps --require-hashes --no-build-isolation -r requirements-dev.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; (3, 11) <= v < (3, 14) or sys.exit("$(PYTHON) is Python %d.%d; Zaplecze needs 3.11, 3.12 or 3.13: make setup PYTHON=python3.13" % v)'
	@echo "Making .venv with $$($(PYTHON) --version) …"
	@$(PYTHON) -m venv --clear .venv

$(BIN)/uv:
	@$(MAKE) --no-print-directory setup
