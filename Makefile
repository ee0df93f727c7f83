# Everything that dudao needs is made here; `make help` lists the targets.
# A step is skipped when its stamp is newer than its inputs, so a second `make chat` starts at once.
# GNU make and bash; the only program needed beforehand is Python 3.11, 3.12 or 3.13.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

# Settings of `make setup`:
#   PYTHON           the interpreter; default: the first of python3.11, 3.12, 3.13 and python3 that is in range
#   TORCH_INDEX_URL  package index for torch alone, e.g. PyTorch's index of CPU builds; default: pip's own
#   DUDAO_MODEL      name or folder of another sentence-transformers model; then none is unpacked
# ARGS is handed on to `dudao serve` and to the benchmark.
PYTHON ?=
TORCH_INDEX_URL ?=
ARGS ?=
export TORCH_INDEX_URL
export PIP_DISABLE_PIP_VERSION_CHECK := 1

BIN := .venv/bin
MODEL_CODE := $(wildcard index/model*.py index/q4file.py index/e5_tokenizer.py)
INDEX_INPUTS := $(shell find corpus index -type f -not -name '*.pyc')
MODEL_STAMP := var/models/.ready
INDEX_STAMP := var/index/.ready

.PHONY: help setup chat test lint bench lock clean

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 14

setup: $(INDEX_STAMP) ## virtual environment, pinned packages, embedding model, index of the documents

chat: setup ## set up, then serve the chat on this machine
	@exec $(BIN)/dudao serve $(ARGS)

test: setup .venv/.test ## set up what tests need and run them all
	@tools/install_browser.sh
	@$(MAKE) --no-print-directory lint
	$(BIN)/pytest

lint: .venv/.test ## style and types
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: setup ## time a warm question against what embedding it takes
	$(BIN)/python -m eval.bench $(ARGS)

lock: ## resolve pyproject.toml afresh and write the two lock files
	rm -rf var/lock-venv
	python=$$(tools/find_python.sh '$(PYTHON)'); "$$python" -m venv var/lock-venv
	tools/install_torch.sh var/lock-venv
	var/lock-venv/bin/pip install -e '.[test]'
	var/lock-venv/bin/python tools/write_locks.py
	rm -rf var/lock-venv

clean: ## remove the environment, the unpacked model, the index and all caches
	rm -rf .venv var/models var/index var/wheels var/lock-venv build dist *.egg-info
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .gradio
	find app corpus eval index tests tools -name __pycache__ -prune -exec rm -rf {} +

# Steps of `make setup`, in order.

.venv/.made:
	@echo '[setup 1/6] virtual environment'
	@python=$$(tools/find_python.sh '$(PYTHON)'); "$$python" -m venv .venv
	@touch $@

.venv/.torch: .venv/.made pyproject.toml
	@echo '[setup 2/6] torch'
	@tools/install_torch.sh .venv
	@touch $@

.venv/.locked: .venv/.torch requirements.lock
	@echo '[setup 3/6] packages of requirements.lock'
	@$(BIN)/pip install -r requirements.lock
	@touch $@

.venv/.project: .venv/.locked pyproject.toml
	@echo '[setup 4/6] dudao itself'
	@$(BIN)/pip install --no-deps -e .
	@touch $@

$(MODEL_STAMP): .venv/.project $(MODEL_CODE)
	@echo '[setup 5/6] embedding model'
	@tools/prepare_model.sh
	@mkdir -p $(@D) && touch $@

$(INDEX_STAMP): $(MODEL_STAMP) $(INDEX_INPUTS)
	@echo '[setup 6/6] index of the documents'
	@$(BIN)/dudao index build
	@mkdir -p $(@D) && touch $@

.venv/.test: .venv/.project requirements-test.lock
	@echo '[test] packages of requirements-test.lock'
	@$(BIN)/pip install -r requirements-test.lock
	@touch $@
