# One command each, the same for a person and for CI. A second run installs nothing again.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: site test lab bench picture format lock clean

site: .venv/kit  ## render every notebook to site/
	$(BIN)/astana render

lab: .venv/kit  ## open JupyterLab on the notebooks
	$(BIN)/jupyter lab notebooks

test: .venv/test  ## lint, types, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

bench: .venv/bench  ## the kit beside its peers, in one run
	$(BIN)/python tests/benchmarks/run.py --keep

picture: .venv/test  ## the picture of the README
	$(BIN)/python tests/picture.py tests/picture.webp

format: .venv/test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: .venv/bin/python  ## pin every package by hash, for every platform; the files hold no address
	$(PYTHON) -m venv .venv/lock && .venv/lock/bin/pip --disable-pip-version-check --quiet install uv
	printf 'hatchling\neditables\n' > .venv/lock/build.in
	.venv/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
		--custom-compile-command "make lock" pyproject.toml .venv/lock/build.in -o requirements.txt
	.venv/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
		--custom-compile-command "make lock" --constraint requirements.txt --extra test --extra cluster \
		pyproject.toml .venv/lock/build.in -o requirements-test.txt
	.venv/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
		--custom-compile-command "make lock" --constraint requirements.txt --extra bench --extra cluster \
		pyproject.toml .venv/lock/build.in -o requirements-bench.txt

clean:
	rm -rf .venv site dist

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "astana_kit needs Python 3.11 or newer; name one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/kit: .venv/bin/python requirements.txt pyproject.toml
	@echo "Installing the kit into .venv (once, about a minute)"
	$(PIP) install --require-hashes -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/test: .venv/kit requirements-test.txt
	$(PIP) install --require-hashes -r requirements-test.txt
	@touch $@

.venv/bench: .venv/kit requirements-bench.txt
	$(PIP) install --require-hashes -r requirements-bench.txt
	@touch $@
