"""What the screen, line mode and commands say alike about a card."""

from collections.abc import Iterable, Iterator

from trainer.cards.card import Card, Input, Status
from trainer.grading.verdict import Finding, Outcome, Verdict
from trainer.language.catalogue import say
from trainer.language.text import Language
from trainer.scheduling.marks import Entry, Mark, MarkKind
from trainer.scheduling.review import Rating, Review
from trainer.study.session import Done

_REPEATS_THE_ANSWER = frozenset({"differs", "empty"})


def rating_text(rating: Rating, language: Language) -> str:
    """Return a rating's name."""
    return say(language, f"words.rating-{rating.name.lower()}")


def verdict_text(outcome: Outcome, language: Language) -> str:
    """Return an outcome in words."""
    return say(language, f"words.verdict-{outcome.value}")


def judgement(
    verdict: Verdict, response: str, language: Language
) -> tuple[str, list[str]]:
    """Return a verdict's name, and what there is to remark on the answer."""
    repairs = [repair.in_language(language) for repair in verdict.repairs]
    is_open = verdict.outcome is Outcome.WRONG and not response.strip()
    return (
        say(language, "words.verdict-unknown")
        if is_open
        else verdict_text(verdict.outcome, language),
        [*repairs, *judgement_remarks(verdict.findings, language)],
    )


def judgement_remarks(findings: Iterable[Finding], language: Language) -> list[str]:
    """Return what findings say beside the answer itself."""
    return [
        finding.message.in_language(language)
        for finding in findings
        if finding.code not in _REPEATS_THE_ANSWER
    ]


def given_text(card: Card, response: str, language: Language) -> str:
    """Return an answer as the learner saw it; steps put in order stand one a line."""
    prompt = card.content.prompt(language)
    if prompt.input is not Input.ORDER:
        return response
    texts = {choice.value: choice.text for choice in prompt.choices}
    return "\n".join(
        f"{number}. {texts.get(value, value)}"
        for number, value in enumerate(response.split(), 1)
    )


def details(card: Card, language: Language) -> Iterator[tuple[str, str]]:
    """Yield what a card says beside question and answer, by the labels' names."""
    if card.why:
        yield "why", card.why.in_language(language)
    if card.notes and card.notes.status is not Status.OK:
        key = f"words.notes-{card.notes.status.value}"
        yield "notes", say(language, key, said=card.notes.said)
    if card.source:
        yield "source", card.source.cited().in_language(language)


def label_text(name: str, language: Language) -> str:
    """Return the label of a part of a card, such as `answer`."""
    return say(language, f"words.label-{name}")


def labelled_text(name: str, text: str, language: Language) -> str:
    """Put the label of a part of a card before it."""
    label = label_text(name, language)
    return say(language, "words.labelled", label=label, text=text)


def taken_back_text(entry: Entry | None, language: Language) -> str:
    """Say what no longer counts."""
    if entry is None:
        return say(language, "words.nothing-taken-back")
    what = entry_text(entry, language)
    return say(language, "words.taken-back", card=entry.card, what=what)


def entry_text(entry: Entry, language: Language) -> str:
    """Say in a word what was done with a card: a rating's name, or a mark's."""
    if isinstance(entry, Review):
        return rating_text(entry.rating, language)
    return mark_text(entry, language)


def mark_text(mark: Mark, language: Language) -> str:
    """Return what a mark did, in a word."""
    is_off = mark.kind is MarkKind.FLAG and not mark.value
    return say(language, "words.mark-unflag" if is_off else f"words.mark-{mark.kind}")


def leech_text(done: Done, where: str, language: Language) -> str:
    """Say that a card is forgotten again and again, and what may be done about it."""
    count = done.memory.lapses if done.memory else 0
    return say(language, f"{where}.leech", card=done.card.id, count=count)
