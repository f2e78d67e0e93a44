# 催查: make run 启动网页和接口，make test 跑全部测试。 Each target sets up what it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
BASE_MODEL ?= base-model
CORPORA ?=
SAMPLES ?=

.PHONY: setup setup-dev run test lint fix train calibrate base-model bench bench-quality ablation data-report lock wheel image clean

setup: $(VENV)/.runtime

setup-dev: $(VENV)/.dev

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "cuicha needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: $(VENV)/bin/python requirements/runtime.txt pyproject.toml
	$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements/runtime.txt
	$(BIN)/pip install --quiet --no-deps --editable .
	touch $@

# torch by itself and first: see CONTRIBUTING.md.
$(VENV)/.dev: $(VENV)/.runtime requirements/dev.txt
	$(BIN)/python -c 'import torch' 2>/dev/null || $(BIN)/pip install --quiet torch==2.13.0
	$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements/dev.txt
	touch $@

run: setup
	$(BIN)/cuicha serve --host $(HOST) --port $(PORT)

test: setup-dev
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage report

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/cog --check README.md data/gold/README.md

fix: setup-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/cog -r README.md data/gold/README.md

# After a change of detectors, directory or policy: thresholds of the shipped weights anew.
calibrate: setup-dev
	$(BIN)/python -m training --calibrate-only $(if $(CORPORA),--corpora $(CORPORA))

base-model: setup-dev
	$(BIN)/python -m training.base_model --out base-model

train: setup-dev
	$(BIN)/python -m training --base-model $(BASE_MODEL) $(if $(CORPORA),--corpora $(CORPORA))

bench: setup-dev
	$(BIN)/python -m bench $(if $(CORPORA),--corpora $(CORPORA)) $(if $(SAMPLES),--samples $(SAMPLES))
	$(BIN)/cog -r README.md data/gold/README.md

# Quality beside the baselines, disguises, filler and senders, with pictures.
bench-quality: setup-dev
	$(BIN)/python -m bench quality $(if $(CORPORA),--corpora $(CORPORA)) $(if $(SAMPLES),--samples $(SAMPLES))
	$(BIN)/python -m bench robustness
	$(BIN)/cog -r README.md

# Each part of the training left out in turn; hours on 2 cores.
ablation: setup-dev
	$(BIN)/python -m bench.ablation --base-model $(BASE_MODEL) $(if $(CORPORA),--corpora $(CORPORA))
	$(BIN)/python -m bench page

# Coverage, agreement and leaks of data/gold, with pictures.
data-report: setup-dev
	$(BIN)/python -m training.audit report $(if $(CORPORA),--corpora $(CORPORA))

lock:
	.ci/lock

wheel: setup-dev
	$(BIN)/pip wheel --quiet --no-deps --wheel-dir dist .

image:
	docker build --tag cuicha .

clean:
	rm -rf $(VENV) dist runs .mypy_cache .ruff_cache .pytest_cache .coverage
