# Two commands: `make book` and `make test`. Each first installs what is missing (.ci/bootstrap.py says what), then runs.

PYTHON ?= python3
RUN := .venv/bin/python
SOURCE ?=
ARGS ?=

.PHONY: help book test lint clean
.DEFAULT_GOAL := help

help:
	@echo 'make book    build the books into out/ (make book SOURCE=my-text ARGS="--formats epub" for your own)'
	@echo 'make test    look over the code, then run the whole test suite (make test ARGS="-m \"not slow\"" for the quick part)'
	@echo 'make lint    look over the code: ruff, mypy'
	@echo 'make clean   delete all that the others have made, .venv too'

book:
	@$(PYTHON) .ci/bootstrap.py book
	@$(RUN) build.py $(SOURCE) $(ARGS)

test: lint
	@RECTO_REQUIRE_VALIDATORS=1 $(RUN) -m pytest -n 2 --dist loadscope $(ARGS)

lint:
	@$(PYTHON) .ci/bootstrap.py test
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(RUN) -m mypy

clean:
	rm -rf .venv build dist out .hypothesis .mypy_cache .pytest_cache .ruff_cache
