# Two commands: `make review` starts today's review, `make test` runs every check.
# Both set up what they need in .venv and are quick the second time.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
PIP := $(RUN) -m pip --quiet --disable-pip-version-check
# a .venv that was moved, broken or half made is made again
SOUND := $(shell $(RUN) -c 'import pip' 2>/dev/null && cat $(VENV)/made-in 2>/dev/null)
ifneq ($(SOUND),$(CURDIR))
$(shell rm -f $(VENV)/made $(VENV)/installed $(VENV)/installed-dev)
endif
NEEDS := pyproject.toml constraints.txt

.PHONY: review test faults quizzes bench curves figures parity schema man clean

review: $(VENV)/installed
	@$(RUN) -m trainer review $(ARGS)

test: $(VENV)/installed-dev
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(RUN) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	$(RUN) -m coverage erase
	$(RUN) -m coverage run --parallel-mode -m pytest --numprocesses auto --dist worksteal
	$(RUN) -m coverage combine --quiet
	$(RUN) -m coverage report
	TRAINER_HOME=$(VENV)/home $(RUN) -m trainer deck lint --decks decks

bench: $(VENV)/installed-dev
	$(RUN) tests/benchmarks/run.py

curves: $(VENV)/installed-dev
	$(RUN) tests/benchmarks/long.py

figures: $(VENV)/installed-dev
	$(RUN) tests/benchmarks/figures.py

# SHARE=0.1 runs a tenth of all trials, KIND=bit_flips those of one file
SHARE ?= 1
faults: $(VENV)/installed-dev
	TRAINER_FAULTS=$(SHARE) $(RUN) -m pytest tests/faults$(KIND:%=/test_%.py) --numprocesses auto

# every question that quizzes can make of the shipped cards, for 200 seeds
quizzes: $(VENV)/installed-dev
	TRAINER_QUIZ_SEEDS=200 $(RUN) -m pytest tests/study/test_quiz_soundness.py --numprocesses auto

parity: $(VENV)/installed-dev
	TRAINER_PARITY_TRIALS=10000 $(RUN) -m pytest tests/scheduling/test_parity.py tests/scheduling/test_anki_parity.py

schema: $(VENV)/installed
	$(RUN) -m trainer deck schema > trainer/cards/deck.schema.json

man: $(VENV)/installed
	$(RUN) -m trainer help --man > man/trainer.1

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'The trainer needs Python 3.11 or newer; name one: make PYTHON=python3.12 $(MAKECMDGOALS)'; exit 1; }
	@echo 'Setting up $(VENV), once …'
	@$(PYTHON) -m venv --clear $(VENV)
	@printf '%s\n' '$(CURDIR)' > $(VENV)/made-in
	@touch $@

$(VENV)/installed: $(NEEDS) | $(VENV)/made
	@$(PIP) install --upgrade --constraint constraints.txt pip
	@$(PIP) install --constraint constraints.txt --editable '.[optimize]'
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@$(PIP) install --constraint constraints.txt --group dev
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage*
