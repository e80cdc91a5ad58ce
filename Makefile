# Two commands do everything: `make lab` and `make test`. Each target installs what it needs.
# Stamp files: .venv/ok, node_modules/ok and .build/* say what is up to date.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help lab test check gen bench gallery stills lessons wheel-test real-peer check-all clean distclean

PYTHON ?= python3
export PATH := $(CURDIR)/.venv/bin:$(CURDIR)/node_modules/.bin:$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
PIP := .venv/bin/python -m pip install -q -c tools/constraints.txt
TS := $(shell find src tools -type f -not -name '*.spec.ts*' 2>/dev/null) package.json tsconfig.json

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

lab: .build/installed ## set up, build and open JupyterLab on the lessons
	nanochat-learn lab workspace

test: .build/installed .build/chromium ## set up and run every test, the real browser included
	python tools/run_tests.py

check: .build/installed ## every gate: style, types, walls, vocabulary, gaps
	python tools/check.py

gen: .venv/ok node_modules/ok ## regenerate the TypeScript vocabulary from the Python one
	python -m nanochat_learn.schema.export
	node tools/generate-types.mjs

bench: .build/installed .build/chromium ## print speeds as ratios against named peers and floors
	python bench/run.py

gallery: node_modules/ok ## build a page with every picture in .build/gallery
	node tools/gallery.mjs

stills: node_modules/ok ## redraw the committed stills of the pictures
	node tools/stills.mjs

lessons: .venv/ok ## write the notebooks from their reviewed percent sources
	python tools/make_lessons.py

wheel-test: .build/installed .build/chromium ## build the wheel from a clean checkout and walk it without node
	python tools/wheel_test.py

real-peer: .build/installed ## ask a real small model through a server that we did not write
	python tools/real_peer.py

check-all: test bench wheel-test real-peer ## everything, also the slow parts

clean: ## remove build outputs and caches, keep the environments and the workspace
	rm -rf .build lib dist *.tsbuildinfo nanochat_learn/labextension nanochat_learn/static \
	  test-results playwright-report .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache

distclean: clean ## also remove the environments
	rm -rf .venv node_modules

# --- what the targets stand on -------------------------------------------------------------

# torch comes first and pinned: left to a dependency, pip would choose a build with gigabytes of GPU code.
.venv/ok: pyproject.toml tools/constraints.txt
	test -x .venv/bin/python || $(PYTHON) -m venv .venv
	.venv/bin/python -m pip install -q --upgrade 'pip>=25.1'
	$(PIP) torch
	$(PIP) --group dev
	$(PIP) -r <(.venv/bin/python tools/dependencies.py)
	touch $@

node_modules/ok: package-lock.json
	npm ci --no-fund --no-audit
	touch $@

.build/built: $(TS) .venv/ok node_modules/ok
	mkdir -p .build
	npm run --silent build
	touch $@

# The hook is skipped because the line above has built already; `develop` turns pip's copy into a link.
.build/installed: .build/built pyproject.toml
	SKIP_JUPYTER_BUILDER=1 $(PIP) --no-deps --no-build-isolation -e .
	jupyter-builder develop . --overwrite > /dev/null
	touch $@

.build/chromium:
	mkdir -p .build
	command -v chromium > /dev/null || { $$(test "$$(id -u)" = 0 || echo sudo) apt-get -o DPkg::Lock::Timeout=300 update -qq \
	  && $$(test "$$(id -u)" = 0 || echo sudo) apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends chromium fonts-dejavu-core fonts-noto-color-emoji > /dev/null; }
	touch $@
