# Two commands are enough on a fresh machine: `make sandbox` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: sandbox run test check lint types contracts bench faults lock clean

sandbox: $(VENV)/run.stamp  ## a local Telegram with a demo region: no token needed
	$(BIN)/python -m bot sandbox

run: $(VENV)/run.stamp  ## real Telegram by long polling; BOT_TOKEN in .env
	$(BIN)/python -m bot run

test: $(VENV)/dev.stamp  ## every test, with the coverage floor
	$(BIN)/python -m pytest -n 3 --dist worksteal --cov --cov-report=term

check: lint types contracts test  ## what CI runs

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

contracts: $(VENV)/dev.stamp
	$(BIN)/lint-imports

bench: $(VENV)/dev.stamp  ## speed as ratios to anchors of the same run
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.drain

faults: $(VENV)/dev.stamp  ## the kill tests at full length
	FAULT_ROUNDS=100 $(BIN)/python -m pytest -m faults

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; point to one with: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || $(PYTHON) -m virtualenv $(VENV) || \
		{ rm -rf $(VENV); echo "This Python cannot make environments. On Debian or Ubuntu: apt install python3-venv"; exit 1; }

$(VENV)/run.stamp: requirements.lock | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/run.stamp

lock:  ## renew both lock files after a change in pyproject.toml (needs uv)
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock" \
		pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock" \
		pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) .coverage* .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
