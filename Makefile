# Headwater: two commands matter. `make demo` runs the main job on real documents, `make test` passes the tests.
# Both start from nothing but Python 3.11, pip and make.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
TORCH  := 2.13.0
READY  := $(VENV)/.ready
VAR    ?= var

.DEFAULT_GOAL := help
.PHONY: help install demo demo-full test lint types contracts unit scripts browsers extension extension-lint \
	faults fuzz load wheel audit gate bench lock clean

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

install: $(READY) ## Make .venv with pinned packages and build the fast encoder

# torch stands outside the hashed lock: its build differs from machine to machine (see backend/README.md).
$(READY): requirements.lock.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] < (3, 14) else "Headwater needs Python 3.11 to 3.13, this is " + sys.version.split()[0])'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet "torch==$(TORCH)"
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	$(BIN)/python -m pip check
	$(BIN)/headwater models build
	@touch $@

demo: $(READY) ## Check the seed article against 500 real UK government documents and the seed release
	@$(BIN)/headwater demo --directory $(VAR)/demo

demo-full: $(READY) ## The same against all 2,843 documents (resumable, searchable from the first seconds)
	@$(BIN)/headwater demo --full --directory $(VAR)/demo-full

test: $(READY) lint types contracts browsers scripts unit ## All checks and tests

lint: $(READY)
	$(BIN)/ruff format --check backend embeddings extension tests
	$(BIN)/ruff check backend embeddings extension tests

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports --no-logo

unit: $(READY) browsers
	$(BIN)/pytest

scripts: browsers
	node --test tests/js/*.test.mjs

browsers: $(READY) ## Install what the extension is tested in (Chromium, Firefox ESR, Node.js), where it is missing
	@$(BIN)/python -m tests.browsers

extension: $(READY) ## Pack the browser extension for Chromium and Firefox into dist/
	$(BIN)/python extension/pack.py dist

extension-lint: ## web-ext's own lint of the extension (needs npm)
	cd extension && npm ci --silent && npm run lint

faults: $(READY) ## Services and commands killed at every kind of work, 200 rounds
	FAULT_ROUNDS=200 $(BIN)/pytest tests/faults

fuzz: $(READY) ## Readers and rules fed with broken input, each for SECONDS (600)
	$(BIN)/python -m pip install --quiet "atheris>=3.0"
	$(BIN)/python -m tests.fuzz --seconds $(or $(SECONDS),600)

load: $(READY) ## The service at saturation and beyond, for MINUTES (10)
	$(BIN)/python -m tests.benchmark.load --minutes $(or $(MINUTES),10)

wheel: $(READY) ## The wheel installed alone in a clean environment, and tried
	$(BIN)/python -m tests.wheel_smoke --first "torch==$(TORCH)"

audit: $(READY) ## Known faults of the locked packages (needs the network)
	$(BIN)/uv tool run pip-audit --strict --no-deps --disable-pip -r requirements.lock.txt

gate: $(READY) ## Where the labelled pairs stand, lane by lane
	$(BIN)/python -m tests.gate

bench: $(READY) ## Speed and quality measured, printed and kept in tests/benchmark/results
	$(BIN)/python -m tests.benchmark

lock: $(READY) ## Compile requirements.lock.txt anew: no address in it, torch and its GPU packages outside it
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-package torch --no-emit-package triton --quiet -o build/lock.txt
	awk '/^[A-Za-z]/{drop=($$0 ~ /^(nvidia-|cuda-|torch=|triton=)/)} /^    # /&&drop{next} !drop' build/lock.txt > requirements.lock.txt

clean: ## Remove what was built (the environment stays)
	rm -rf build dist var .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
