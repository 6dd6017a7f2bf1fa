# mcplan for people who use it (`make run`) and for people who build it (`make test`).
# Both make what they need in .venv the first time, and take a second or two from then on.

VENV := .venv
PYTHON := $(VENV)/bin/python
LOCK := $(PYTHON) -m uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-strip-extras --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
STAMPS := $(VENV)/.stamps
# Tests wait for browsers and servers much of the time, so two at a time pay even on two busy cores.
WORKERS ?= 2
# Watching which lines run takes twice as long, so it is asked for: make coverage
COVER ?=

.PHONY: run test coverage format lock clean

run: $(STAMPS)/run
	$(VENV)/bin/mcplan run

test: $(STAMPS)/test
	sh .ci/system-packages
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --durations 20 \
		$(COVER)

coverage:
	$(MAKE) test COVER="--cov=questionnaire --cov=mcplan --cov=storage --cov-report=term:skip-covered"

format: $(STAMPS)/test
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

# Newer versions within the bounds of pyproject.toml: make lock UPGRADE=--upgrade
lock: $(STAMPS)/test
	$(LOCK) $(UPGRADE) --group build --output-file requirements.lock
	$(LOCK) $(UPGRADE) --group build --group dev --constraint requirements.lock --output-file requirements-dev.lock

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage

$(STAMPS)/venv:
	sh .ci/make-venv $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: $(STAMPS)/venv requirements.lock pyproject.toml
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/test: $(STAMPS)/venv requirements-dev.lock pyproject.toml
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ $(STAMPS)/run
