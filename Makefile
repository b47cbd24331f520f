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
INSTALLED := pyproject.toml requirements.lock $(shell find crampnb/serve/share crampnb/browser crampnb/vendor -type f 2>/dev/null)
PIP := $(PY) -m pip --disable-pip-version-check install --quiet

# Without bytecode every kernel would compile every module again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help dashboard lessons site room check browser test test-site test-browsers test-browsers-short bench mutate lint \
  format docs evidence vendor lock clean
.DELETE_ON_ERROR:

help: ## This list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1: /p' $(MAKEFILE_LIST)

dashboard: .venv/dashboard.stamp ## The explainer in the browser
	@$(BIN)/crampnb dashboard

lessons: .venv/lessons.stamp ## The lessons in JupyterLab, on copies of your own
	@$(BIN)/crampnb lessons

site: .venv/site.stamp ## Explainer and lessons as plain files in site/, for any static host
	@$(BIN)/crampnb site --output site

room: .venv/site.stamp ## That site for everyone in the room, from this laptop; prints what to write on the board
	@test -f site/service-worker.js || $(BIN)/crampnb site --output site
	@$(BIN)/crampnb serve-site site --host 0.0.0.0

# What makes the project public: tested apart, as `make test` would take too long with it.
PUBLIC := tests/browser/site tests/browser/test_binder.py tests/test_binder.py tests/test_hub.py \
  tests/test_robust.py
# The explainer's own tests, which visit the site as well.
EXPLAINER := $(patsubst %,tests/browser/test_%.py,controls sections share)
PYTEST = $(PY) -m pytest -n $(WORKERS) --dist worksteal

# What starts a server or a kernel.
STARTED := tests/browser tests/test_server.py tests/test_lab.py $(PUBLIC)

# Of the 1,000 random moves that `make test` makes.
check: export CRAMPNB_MOVES = 200
check: lint ## Style, types, imports and the quick tests: a minute, without a browser
	$(PYTEST) -q $(addprefix --ignore ,$(STARTED)) tests

# Three runs: a browser's connection may take a port that a notebook's kernel has just chosen, and a
# process that drives a browser has an event loop, which the widgets' tests must not find.
test: lint ## All checks and all tests, in a real browser too
	@$(PY) tools/provide.py
	$(PYTEST) --dist loadfile --nbval --nbval-cell-timeout=60 notebooks
	$(PYTEST) $(addprefix --ignore ,tests/browser $(PUBLIC)) tests
	$(PYTEST) --durations=15 $(addprefix --ignore ,$(PUBLIC)) tests/browser

test-site: .venv/test.stamp ## The site built, served as files and visited; Binder; a public server
	@$(PY) tools/provide.py
	@rm -rf test-results/site
	$(BIN)/crampnb site --output test-results/site
	$(PYTEST) $(filter-out tests/browser/%,$(PUBLIC))
	CRAMPNB_SITE=test-results/site $(PYTEST) --ignore tests/browser/site/test_slow_lines.py \
	  $(EXPLAINER) $(filter tests/browser/%,$(PUBLIC))

# The other browsers: of each part all tests, or one, so that every part has met every engine.
EXPLAINED := $(patsubst %,tests/browser/test_%.py,\
  controls sections share access connection walk typing gestures jumps)
SITE := $(patsubst %,tests/browser/site/test_%.py,site lines slow_lines)
EXPLAINED_SHORT := $(addprefix tests/browser/test_,\
  controls.py::test_keys_move_a_slider_by_steps \
  sections.py::test_why_adds_up_to_the_answer \
  "share.py::test_a_link_brings_its_settings[everything]" \
  access.py::test_the_headings_are_an_outline_without_jumps \
  connection.py::test_a_killed_kernel_is_told_and_a_reload_mends_it \
  walk.py \
  typing.py::test_what_may_mean_two_things_is_asked)
SITE_SHORT := tests/browser/site/test_lines.py::test_it_wakes_up_however_late_python_comes
BUILT := test-results/site/index.html

# Every engine is tried, whatever another one says.
define in_each
	@$(PY) tools/provide.py $(1)
	@failed=; for engine in $(1); do echo "In $$engine:"; export CRAMPNB_ENGINE=$$engine; \
	  $(PYTEST) $(2) || failed="$$failed $$engine"; \
	  CRAMPNB_SITE=test-results/site $(PYTEST) $(3) || failed="$$failed $$engine (site)"; \
	done; [ -z "$$failed" ] || { echo "Not as it should be in:$$failed" >&2; exit 1; }
endef

test-browsers: .venv/test.stamp $(BUILT) ## Explainer and site in Chromium, Firefox and WebKit
	$(call in_each,chromium firefox webkit,$(EXPLAINED),$(SITE))

# A walk of 200 steps takes longer than all the rest.
test-browsers-short: export CRAMPNB_SEEDS = 2
test-browsers-short: export CRAMPNB_STEPS = 30
test-browsers-short: .venv/test.stamp $(BUILT) ## One test of each part in Firefox and WebKit
	$(call in_each,firefox webkit,$(EXPLAINED_SHORT),$(SITE_SHORT))

$(BUILT): .venv/test.stamp $(shell find crampnb notebooks docs -type f -not -name '*.pyc')
	$(BIN)/crampnb site --output test-results/site

bench: .venv/test.stamp ## Every budget measured, beside the peers in the same run
	@$(PY) tools/provide.py
	$(PY) -m bench

# Of the model, or of what is named: make mutate MUTANTS='crampnb.model.arithmetic*'
MUTANTS ?= crampnb.model.*

mutate: .venv/mutate.stamp ## Faults put into the model, to see which of them the tests notice; hours
	$(BIN)/mutmut run --max-children $(WORKERS) '$(MUTANTS)'
	@$(BIN)/mutmut results | grep -v ': not checked' || echo 'Each was noticed.'

lint: .venv/test.stamp node_modules/.stamp ## Style, types and imports alone
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	$(BIN)/deptry .
	node_modules/.bin/biome ci --error-on-warnings
	node_modules/.bin/tsc --project tsconfig.json
	$(PY) scripts/browser.py check
	$(BIN)/actionlint .github/workflows/*.yml

format: .venv/test.stamp ## Code and notebooks laid out, imports sorted
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: .venv/dashboard.stamp ## MODEL.md and the teachers' pages, their figures from the model
	$(PY) -m crampnb.modelcard
	$(PY) -m crampnb.teachers

evidence: .venv/dashboard.stamp ## What of the evidence is due to be looked at again
	@$(PY) -m crampnb.modelcard.upkeep

vendor: node_modules/.stamp ## The browser libraries built again, after a change of package.json
	$(PY) scripts/browser.py vendor

browser: node_modules/.stamp ## Our browser modules bundled again, after a change of one
	$(PY) scripts/browser.py bundle

# Tools and libraries of the browser side, by exact version; npm comes with the tests' own packages.
node_modules/.stamp: package-lock.json .venv/test.stamp
	@$(BIN)/npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@

lock: .venv/pyvenv.cfg ## The exact versions resolved again
	$(PIP) uv
	$(PY) -m uv pip compile --quiet --no-config --universal --all-extras --no-header --no-annotate \
	  --no-emit-package crampnb --python-version 3.11 --output-file requirements.lock pyproject.toml

clean: ## Everything that a target made, the environment too
	rm -rf .venv node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis test-results mutants
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
.venv/mutate.stamp: EXTRA = mutate
.venv/dashboard.stamp .venv/lessons.stamp .venv/site.stamp .venv/test.stamp .venv/mutate.stamp: .venv/pyvenv.cfg $(INSTALLED)
	@echo "Installing what the $(EXTRA) needs ..."
	@$(PIP) --constraint requirements.lock --editable '.[$(EXTRA)]'
	@$(PY) -m compileall -q crampnb
	@touch .venv/dashboard.stamp $@
