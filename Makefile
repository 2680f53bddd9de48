# Two commands do all the set-up: `make serve` and `make test`.
# The environment stands in .venv. A stamp in it holds what it was made from (place, Python, locks, pyproject.toml);
# pip is called only when that differs, so a second start costs milliseconds.

PYTHON ?=
ARGS ?=
WORKERS ?= auto

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input install -qq --progress-bar off
PYTHONS := $(if $(PYTHON),"$(PYTHON)",python3.14 python3.13 python3.12 python3.11 python3 python)

RUNTIME_LOCKS := requirements.lock requirements-build.lock
TEST_LOCKS := requirements-test.lock
INPUTS := pyproject.toml service/pactgraph/__init__.py
RUNTIME_STATE = { pwd; readlink -f $(PY); cat $(RUNTIME_LOCKS) $(INPUTS); }
TEST_STATE = { $(RUNTIME_STATE); cat $(TEST_LOCKS); }
RUNTIME_STAMP := $(VENV)/pactgraph-runtime.stamp
TEST_STAMP := $(VENV)/pactgraph-test.stamp

# Modules are compiled once: without their bytecode each process of a service would compile hundreds at every start.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help serve build test ckan lint docs assets wheel lock clean venv runtime-environment test-environment

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-6s %s\n", $$1, $$2}' Makefile
	@echo "  PYTHON=python3.12 chooses the Python of a new environment; ARGS='…' is added to the command that runs;"
	@echo "  WORKERS=0 runs the tests in one process (for --pdb), WORKERS=4 in four;"
	@echo "  PACTGRAPH_… variables are passed on (see docs/settings.md)."

serve: runtime-environment ## Make the environment, build the graph where an input changed, serve it on 127.0.0.1:8000
	@exec $(BIN)/pactgraph serve $(ARGS)

build: runtime-environment ## Make the environment and build the graph
	@exec $(BIN)/pactgraph build $(ARGS)

test: test-environment ## Make the environment, install the system parts of the tests where possible, run all tests
	@bash tests/install-system-parts.sh
	@$(PY) tools/make_assets.py --where-possible
	@$(PY) -m pytest --numprocesses $(WORKERS) --maxprocesses 8 $(ARGS)

ckan: test-environment ## Harvest the catalogue with CKAN's own parser, in an environment of its own in build/ckan
	@test -x build/ckan/bin/python || { $(call make_venv,build/ckan) && \
	  build/ckan/bin/python -m pip install -qq 'ckan[requirements]==2.12.0' 'ckanext-dcat==2.4.4'; }
	@PACTGRAPH_TEST_CKAN=build/ckan/bin/python $(PY) -m pytest -k ckan tests/serving/test_catalog_served.py $(ARGS)

lint: test-environment ## Check style, types and import rules
	$(BIN)/ruff check service tests benchmarks tools
	$(PY) tools/format_turtle.py --check
	$(PY) -m mypy
	$(BIN)/lint-imports --no-logo

docs: test-environment ## Make the pages of ontology and vocabularies with pyLODE into build/ontology-docs
	$(PY) tools/make_ontology_docs.py $(ARGS)

assets: runtime-environment ## Bundle the SPARQL editor from its locked packages, with the machine's node or the one from PyPI
	@$(PY) tools/make_assets.py $(ARGS)

wheel: test-environment ## Build the source archive and, from it, the wheel into dist/ (with the bundles of make assets)
	@$(PY) tools/make_assets.py --where-possible
	$(PY) -m build --no-isolation --outdir dist $(ARGS)

lock: ## Pin the dependencies for every supported Python and platform; ARGS=--upgrade takes the newest
	@test -x $(VENV)-lock/bin/uv || { $(call make_venv,$(VENV)-lock) && $(VENV)-lock/bin/python -m pip install -qq 'uv>=0.9,<1'; }
	@$(call compile,--group test --extra reports --output-file requirements-test.lock pyproject.toml)
	@$(call compile,--constraint requirements-test.lock --extra reports --output-file requirements.lock pyproject.toml)
	@$(call compile,--constraint requirements-test.lock --group build --output-file requirements-build.lock)
	@$(call compile,--group node --output-file assets/requirements-node.lock)

clean: ## Remove the environment, the built graph and what the tools left behind
	rm -rf $(VENV) $(VENV)-lock assets/node_modules assets/.node service/pactgraph/web/assets
	rm -rf .pactgraph build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find service tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Not for calling by hand.

venv:
	@$(PY) -c 'import pip' 2>/dev/null || { $(call make_venv,$(VENV)); }

runtime-environment:
	@$(RUNTIME_STATE) 2>/dev/null | cmp -s - $(RUNTIME_STAMP) || { \
	  $(MAKE) --no-print-directory venv && \
	  echo "Installing pactgraph and what it needs into $(VENV) (about half a minute) ..." && \
	  $(PIP) --require-hashes $(RUNTIME_LOCKS:%=-r %) && \
	  $(PIP) --no-deps --no-build-isolation --editable . && \
	  $(RUNTIME_STATE) > $(RUNTIME_STAMP); }

test-environment:
	@$(TEST_STATE) 2>/dev/null | cmp -s - $(TEST_STAMP) || { \
	  $(MAKE) --no-print-directory venv && \
	  echo "Installing pactgraph, what it needs and the test tools into $(VENV) (about a minute) ..." && \
	  $(PIP) --require-hashes $(TEST_LOCKS:%=-r %) && \
	  $(PIP) --no-deps --no-build-isolation --editable . && \
	  $(RUNTIME_STATE) > $(RUNTIME_STAMP) && \
	  $(TEST_STATE) > $(TEST_STAMP); }

# $(call make_venv,FOLDER): with the first Python >= 3.11 that can make one; without ensurepip, its own pip serves.
define make_venv
old=''; bare=''; \
for python in $(PYTHONS); do \
  command -v "$$python" >/dev/null 2>&1 && "$$python" -c '' 2>/dev/null || continue; \
  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { old="$$python"; continue; }; \
  if "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
    echo "Making $(1) with $$("$$python" --version)"; "$$python" -m venv --clear $(1) && break; \
  elif "$$python" -c 'import pip, venv' 2>/dev/null; then \
    echo "Making $(1) with $$("$$python" --version) and its pip"; \
    "$$python" -m venv --clear --without-pip $(1) && "$$python" -m pip --python $(1)/bin/python install -qq pip && break; \
  fi; \
  bare="$$python"; \
done; \
if "$(1)/bin/python" -c 'import pip' 2>/dev/null; then :; \
elif [ -n "$$bare" ]; then \
  echo "$$bare cannot make a virtual environment: its parts 'venv' and 'ensurepip' are missing." >&2; \
  echo "Install them (Debian and Ubuntu: apt-get install python3-venv), then run make again." >&2; exit 1; \
else \
  echo "pactgraph needs Python 3.11 or newer; $${old:+$$old is $$("$$old" --version 2>&1), and }none was found." >&2; \
  echo "Install one, or say where one is: make serve PYTHON=/path/to/python3.12" >&2; exit 1; \
fi
endef

# $(call compile,ARGUMENTS): hashes of every file of a release, markers for every platform, no address.
define compile
UV_CUSTOM_COMPILE_COMMAND="make lock" $(VENV)-lock/bin/uv pip compile --quiet --universal --python-version 3.11 \
  --generate-hashes --strip-extras --no-annotate --no-emit-index-url --no-emit-find-links $(ARGS) $(1)
endef
