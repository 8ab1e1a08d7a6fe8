"""The doors of this room: judge a typed answer against the accepted ones."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from trainer.grading.compare import compare_lines, same_words
from trainer.grading.difference import Comparison
from trainer.grading.dockerfile import compare_instructions
from trainer.grading.feedback import findings_of
from trainer.grading.flags import compare_flags
from trainer.grading.grammar import Grammar, load_grammar, no_grammar
from trainer.grading.instructions import is_instruction
from trainer.grading.repair import Repaired, repair
from trainer.grading.verdict import Finding, Outcome, Verdict
from trainer.grading.wording import is_code, judge_wording
from trainer.language.text import message

Comparing = Callable[[str, str, Grammar], Comparison]


def grade_command(
    expected: Sequence[str], given: str, grammar: Grammar | str | None
) -> Verdict:
    """Judge a command line by what it does.

    `expected` holds the answer and what else is accepted, best first; `grammar` is
    the command-line grammar that decides, or the name of one that comes with the
    trainer; without any, words decide. Never raises for what was typed.
    """
    return _judge(expected, given, _grammar(grammar), _compare_commands)


def grade_flag(
    expected: Sequence[str], given: str, command: str, grammar: Grammar | str | None
) -> Verdict:
    """Judge a flag typed as the answer to a card about `command`."""

    def compare(wanted: str, typed: str, rules: Grammar) -> Comparison:
        return compare_flags(wanted, typed, command, rules)

    return _judge(expected, given, _grammar(grammar), compare)


def grade_wording(
    expected: Sequence[str], given: str, question: str = "", *, literal: bool = False
) -> Verdict:
    """Judge a short answer in prose: case, blanks and width do not count.

    Nor do words of the `question` around it. In code, and in what is `literal`, an
    input method is put right.
    """
    if not literal and not any(map(is_code, expected)):
        return judge_wording(expected, given, question)
    repaired = repair(given)
    found = judge_wording(expected, repaired.text, question, literal=literal)
    findings = tuple(
        one._replace(spans=tuple(repaired.span(at.start, at.end) for at in one.spans))
        for one in found.findings
    )
    return found._replace(findings=findings, repairs=repaired.notes)


@lru_cache(maxsize=8)
def _grammar(grammar: Grammar | str | None) -> Grammar:
    if isinstance(grammar, Grammar):
        return grammar
    if grammar is not None:
        return load_grammar(grammar)
    return no_grammar()


def _judge(
    expected: Sequence[str], given: str, grammar: Grammar, compare: Comparing
) -> Verdict:
    first = expected[0] if expected else ""
    repaired = _repaired(given, grammar)
    if not repaired.text.strip():
        empty = Finding("empty", "", message("findings.empty"))
        return Verdict(Outcome.WRONG, first, (empty,), repaired.notes)
    best: tuple[int, int, str, Comparison] | None = None
    for one in dict.fromkeys(expected):
        found = compare(_repaired(one, grammar).text, repaired.text, grammar)
        ranked = (_RANK[_outcome(found)], found.cost, one, found)
        if best is None or ranked[:2] < best[:2]:
            best = ranked
        if found.same and not found.differences:
            return Verdict(Outcome.CORRECT, one, (), repaired.notes)
    if best is None:
        return Verdict(Outcome.WRONG, first, (), repaired.notes)
    return _verdict(best[2], best[3], repaired)


_RANK = {Outcome.CORRECT: 0, Outcome.PARTIAL: 1, Outcome.WRONG: 2}


def _verdict(expected: str, found: Comparison, repaired: Repaired) -> Verdict:
    findings = findings_of(found.differences, repaired)
    return Verdict(_outcome(found), expected, findings, repaired.notes)


def _outcome(found: Comparison) -> Outcome:
    if not found.same:
        return Outcome.WRONG
    return Outcome.PARTIAL if found.differences else Outcome.CORRECT


def _repaired(text: str, grammar: Grammar) -> Repaired:
    return repair(text, lambda name: name in _long_names(grammar))


@lru_cache(maxsize=8)
def _long_names(grammar: Grammar) -> frozenset[str]:
    commands = [grammar.command(()), *grammar.commands]
    return frozenset(one.long for command in commands for one in command.options)


def _compare_commands(expected: str, given: str, grammar: Grammar) -> Comparison:
    if is_instruction(expected):
        return compare_instructions(expected, given)
    if same_words(expected, given):
        return Comparison(same=True)
    return compare_lines(expected, given, grammar)
