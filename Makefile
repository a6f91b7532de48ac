# Two commands: `make book` and `make test`. Each first installs what is missing (.ci/bootstrap.py says what), then runs.

PYTHON ?= python3
RUN := .venv/bin/python
SOURCE ?=
ARGS ?=
LINTERS := rules format types

# Run targets one after another, whatever the former ones say; at the end name those that failed.
define every
@failed=; for each in $(1); do $(MAKE) --no-print-directory $$each || failed="$$failed $$each"; done; \
test -z "$$failed" || { echo "recto: failed:$$failed" >&2; exit 1; }
endef

.PHONY: help book test torture lint clean ready suite $(LINTERS)
.DEFAULT_GOAL := help

help:
	@echo 'make book    build the books into out/ (make book SOURCE=my-text ARGS="--formats epub" for your own)'
	@echo 'make test    look over the code, and run the whole test suite (make test ARGS="-m \"not slow\"" for the quick part)'
	@echo 'make torture builds books of chance for an hour, and stops at the first that ends otherwise than it should'
	@echo 'make lint    look over the code: ruff, mypy'
	@echo 'make clean   delete all that the others have made, .venv too'

book:
	@$(PYTHON) .ci/bootstrap.py book
	@$(RUN) build.py $(SOURCE) $(ARGS)

test: ready
	$(call every,$(LINTERS) suite)

# Books of chance, one after another, for an hour at most: 124 says that the hour was over.
torture: ready
	@RECTO_TORTURE=20000 timeout --foreground 3600 $(RUN) -m pytest -q -n 0 -x -p no:randomly tests/test_generated_books.py tests/test_fuzzed_books.py; \
	code=$$?; test $$code = 0 || test $$code = 124

lint: ready
	$(call every,$(LINTERS))

ready:
	@$(PYTHON) .ci/bootstrap.py test

# Three at once, for some wait for others; modules with slow tests first, so that none is left for the end.
# In random order, whose seed is told at the top: ARGS="--randomly-seed=SEED" runs in the same order again.
suite:
	@RECTO_REQUIRE_VALIDATORS=1 $(RUN) -m pytest -n 3 --dist loadscope --no-loadscope-reorder $(ARGS)

rules:
	$(RUN) -m ruff check

format:
	$(RUN) -m ruff format --check

types:
	$(RUN) -m mypy

clean:
	rm -rf .venv build dist out .hypothesis .mypy_cache .pytest_cache .ruff_cache
