# Everything a developer does, by name. `make` alone prints the list.
# All paths are relative, so that a checkout may stand below any name.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help site serve test fast coverage laws lint figures golden bench format lock versions audit wheel clean
.PHONY: style types imports licences lowest newest browser-tools

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

site: .venv/installed ## Build the sample site into output/
	@$(BIN)/yoyak build
	@echo 'To look at it: make serve'

serve: .venv/installed ## Preview the sample site, with a rebuild after every save
	@$(BIN)/yoyak serve --open

test: browser-tools ## Run every test, including those in a browser
	@$(BIN)/pytest $(ARGS)

fast: .venv/installed-dev ## Run the tests that need no browser, start no process and are not slow
	@$(BIN)/pytest -m "not slow and not browser and not process" $(ARGS)

coverage: .venv/installed-dev ## Run what is not slow and needs no browser, and print which lines no test runs
	@rm -rf .coverage && mkdir .coverage
	@-$(BIN)/python -m coverage run -m pytest --numprocesses=0 --quiet -m "not slow and not browser" $(ARGS)
	@$(BIN)/python -m coverage combine --quiet
	@$(BIN)/python -m coverage report

laws: browser-tools ## Test the laws of incremental builds for about an hour
	@YOYAK_SEQUENCES=2000 YOYAK_AGAIN=16 YOYAK_KILLS=500 YOYAK_FAULTS=100 YOYAK_MUTATIONS=1000 $(BIN)/pytest tests/incremental --dist=load $(ARGS)

lint: style types types-darwin types-win32 imports licences audit ## Check style, types, imports between packages, licences and known vulnerabilities

style: .venv/installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: .venv/installed-dev
	@$(BIN)/mypy

# What mypy keeps is of one system: in a folder of its own it is not thrown away by the next.
types-%: .venv/installed-dev
	@$(BIN)/mypy --platform $* --cache-dir .mypy_cache/$* --no-warn-unreachable --exclude 'parallel/workers?\.py'

imports: .venv/installed-dev
	@$(BIN)/lint-imports

licences: .venv/installed-dev
	@$(BIN)/python .ci/licences.py

figures: .venv/installed-dev ## Print the figures of the code's order: packages, circles, names, lines
	@$(BIN)/python -m tests.figures

golden: .venv/installed-dev ## Regenerate the golden sites, after an intended change
	@$(BIN)/python -m tests.update

bench: .venv/installed-dev ## Compare builds with another generator; ARGS=--help lists more
	@$(BIN)/python -m tests.bench $(ARGS)

format: .venv/installed-dev ## Format the code
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format .

lock: .venv/tools ## Write .ci/lock.txt anew: the releases that CI tests with, and their hashes
	@.venv/tools/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--extra dev --output-file .ci/lock.txt pyproject.toml
	@git diff --stat .ci/lock.txt

versions: lowest newest ## Try the lowest and the newest releases that yoyak allows

lowest newest: .venv/installed-dev
	@$(BIN)/python .ci/versions.py $@

browser-tools: .venv/installed-dev
	@$(BIN)/python tests/browser/tools.py

audit: .venv/tools ## Ask for known vulnerabilities of the releases in .ci/lock.txt
	@$(BIN)/python .ci/audit.py .venv/tools/bin/pip-audit

wheel: .venv/tools .venv/installed-dev ## Build the wheel, the source archive and their bill of materials into dist/
	@$(BIN)/python -m build --outdir dist . > .venv/build.log 2>&1 || { cat .venv/build.log; exit 1; }
	@$(BIN)/python .ci/bill.py .venv/tools/bin/cyclonedx-py dist
	@ls -l dist

clean: ## Remove build output, caches and the environment
	rm -rf .venv .yoyak dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage tests/browser/node_modules
	find output -mindepth 1 ! -name .gitignore -delete
	find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the environment: made once, updated when pyproject.toml changes -------------------------------

# Compiled here, since a start may not keep what it compiles (PYTHONDONTWRITEBYTECODE, a folder of somebody else).
.venv/installed: pyproject.toml .ci/lock.txt | $(BIN)/python
	@echo 'Installing yoyak and its libraries into .venv ...'
	@$(INSTALL)
	@$(BIN)/python -m compileall -q generator
	@touch $@

.venv/installed-dev: pyproject.toml .ci/lock.txt .venv/installed
	@echo 'Installing what the tests and checks need into .venv ...'
	@$(INSTALL_DEV)
	@touch $@

# A user has the newest releases, CI those of the lock.
ifeq ($(CI),true)
INSTALL = BIN=$(BIN) .ci/install
INSTALL_DEV = :
else
INSTALL = $(PIP) --editable .
INSTALL_DEV = $(PIP) --editable '.[dev]'
endif

# Tools that are separate from the libraries: what they need is not what yoyak is tested with.
.venv/tools: .ci/tools.txt | $(BIN)/python
	@echo 'Installing the tools of .ci/tools.txt into .venv/tools ...'
	@rm -rf $@ && $(BIN)/python -m venv $@ && $@/bin/python -m pip install --quiet --disable-pip-version-check --requirement .ci/tools.txt

$(BIN)/python:
	@sh .ci/make-venv
