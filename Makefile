# From a clone to the finished site: make site. Everything else: make help.
# Needs Python 3.11 or newer, git and make; all the rest goes into .venv.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help site serve check status test fix lint types unit bench fuzz screenshots filmstrip lighthouse lock clean venv venv-dev browser

BIN := .venv/bin
PORT ?= 8000
FUZZ_SECONDS ?= 60
LOCK ?= --upgrade
export PYTHON CHROMIUM

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

site: venv ## build the archive's site into site/
	@$(BIN)/pairing build

serve: venv ## show the site and rebuild it when a record or a page changes
	@$(BIN)/pairing serve --port $(PORT)

check: venv ## check all records, as a pull request would be
	@$(BIN)/pairing check

status: venv ## who has done what, month by month
	@$(BIN)/pairing status

test: venv-dev ## everything that continuous integration asks for
	@$(MAKE) -j3 lint types browser
	@$(MAKE) unit

fix: venv-dev ## put the code into form: what ruff can repair, then its layout
	@$(BIN)/ruff check --fix . || bad=$$?; $(BIN)/ruff format .; exit $${bad:-0}

lint: venv-dev
	@echo "ruff"; $(BIN)/ruff check . && $(BIN)/ruff format --check --quiet .

types: venv-dev
	@echo "mypy"; $(BIN)/mypy

unit: venv-dev browser
	@$(BIN)/python -m pytest -q -n 3 --dist worksteal

bench: venv-dev ## time the build, the check and the photos, and compare with Hugo, MkDocs, libvips and sigal
	@$(BIN)/python -m tests.bench

fuzz: venv-dev ## look for input that a reader does not survive (FUZZ_SECONDS=60; with atheris installed, guided by coverage)
	@$(BIN)/python -m tests.fuzz --seconds $(FUZZ_SECONDS)

screenshots: venv-dev browser ## draw the README's screenshots anew
	@$(BIN)/python -m tests.browser.screenshots

filmstrip: venv-dev browser ## hand in a record from a QR code to the published page, and draw each step
	@$(BIN)/python -m tests.browser.filmstrip

lighthouse: venv-dev browser ## Lighthouse's scores of five pages (needs Node, installs 190 MB once)
	@$(BIN)/python -m tests.browser.lighthouse

lock: venv-dev ## resolve requirements*.in anew into the locks with hashes
	@for set in requirements requirements/check requirements/photos requirements/documents requirements/site requirements-dev; do \
	  CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --no-config $(LOCK) --generate-hashes \
	    --allow-unsafe --strip-extras --resolver=backtracking \
	    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	    $$([ $$set = requirements ] || echo --constraint requirements.txt) \
	    --output-file $$set.txt $$set.in; \
	done

clean: ## remove everything that is not in git, the environment included
	@rm -rf site .site-* .cache .venv build ./*.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +

venv:
	@.ci/venv site

venv-dev:
	@.ci/venv dev

browser:
	@.ci/browser
