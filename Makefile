# Each target sets up what it needs: `make dashboard` and `make test` work on a fresh clone with only
# Python, and again after a change of the pinned versions. `make help` lists them.

PYTHON ?= python3
WORKERS ?= 2
ifeq ($(OS),Windows_NT)
  BIN := .venv/Scripts
else
  BIN := .venv/bin
endif
PY := $(BIN)/python
# An editable install copies the page template, so a changed one is installed again.
INSTALLED := pyproject.toml requirements.lock $(shell find crampnb/share -type f 2>/dev/null)
PIP := $(PY) -m pip --disable-pip-version-check install --quiet

# Without bytecode every kernel would compile every module again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help dashboard lessons site test test-site bench lint format docs vendor lock clean
.DELETE_ON_ERROR:

help: ## This list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1: /p' $(MAKEFILE_LIST)

dashboard: .venv/dashboard.stamp ## The explainer in the browser
	@$(BIN)/crampnb dashboard

lessons: .venv/lessons.stamp ## The lessons in JupyterLab, on copies of your own
	@$(BIN)/crampnb lessons

site: .venv/site.stamp ## Explainer and lessons as plain files in site/, for any static host
	@$(BIN)/crampnb site --output site

# What makes the project public: tested apart, as `make test` would take too long with it.
PUBLIC := tests/browser/site tests/browser/test_binder.py tests/test_binder.py tests/test_hub.py \
  tests/test_robust.py
# The explainer's own tests, which visit the site as well.
EXPLAINER := $(patsubst %,tests/browser/test_%.py,controls sections share)
PYTEST = $(PY) -m pytest -n $(WORKERS) --dist loadfile

test: .venv/test.stamp ## Format, lint, types and the tests, in a real browser too
	@$(PY) tests/browser/provide.py
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(PYTEST) --nbval --nbval-cell-timeout=60 $(addprefix --ignore ,$(PUBLIC)) tests notebooks

test-site: .venv/test.stamp ## The site built, served as files and visited; Binder; a public server
	@$(PY) tests/browser/provide.py
	@rm -rf test-results/site
	$(BIN)/crampnb site --output test-results/site
	CRAMPNB_SITE=test-results/site $(PYTEST) $(EXPLAINER) $(PUBLIC)

bench: .venv/test.stamp ## Every budget measured, beside the peers in the same run
	@$(PY) tests/browser/provide.py
	$(PY) -m bench

lint: .venv/test.stamp ## Style and types alone
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/test.stamp ## Code and notebooks laid out, imports sorted
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: .venv/dashboard.stamp ## MODEL.md from the evidence
	$(PY) -m crampnb.modelcard

vendor: ## The browser libraries fetched again (needs npm)
	$(PYTHON) scripts/vendor.py
	$(PYTHON) scripts/widgets/build.py

lock: .venv/pyvenv.cfg ## The exact versions resolved again
	$(PIP) uv
	$(PY) -m uv pip compile --quiet --no-config --universal --all-extras --no-header --no-annotate \
	  --no-emit-package crampnb --python-version 3.11 --output-file requirements.lock pyproject.toml

clean: ## Everything that a target made, the environment too
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "crampnb needs Python 3.11 or newer: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "This Python cannot make environments: apt install python3-venv" >&2; exit 1; }
	@echo "Making .venv (once) ..."
	@$(PYTHON) -m venv .venv

.venv/dashboard.stamp: EXTRA = dashboard
.venv/lessons.stamp: EXTRA = lessons
.venv/site.stamp: EXTRA = site
.venv/test.stamp: EXTRA = test
.venv/dashboard.stamp .venv/lessons.stamp .venv/site.stamp .venv/test.stamp: .venv/pyvenv.cfg $(INSTALLED)
	@echo "Installing what the $(EXTRA) needs ..."
	@$(PIP) --constraint requirements.lock --editable '.[$(EXTRA)]'
	@$(PY) -m compileall -q crampnb
	@touch .venv/dashboard.stamp $@
