"""What the screen, line mode and the result of a quiz say alike."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from trainer.cards.card import Card, deck_of
from trainer.grading.verdict import Outcome
from trainer.language.catalogue import say
from trainer.language.text import Language
from trainer.scheduling.review import HINTED
from trainer.study.quiz.paper import Answered, Quiz
from trainer.study.quiz.record import FULL, HALF, REFUSED
from trainer.study.quiz.result import Tally
from trainer.terminal.interval import duration_text, time_text
from trainer.terminal.words import given_text, judgement

_A_MINUTE = timedelta(minutes=1)


def points_text(points: int) -> str:
    """Return hundredths of a point as points, such as `3.5`."""
    return f"{points / FULL:.2f}".rstrip("0").rstrip(".")


def score_text(tally: Tally, language: Language) -> str:
    """Say how many points there are out of how many."""
    points = points_text(tally.points)
    return say(language, "quiz.score", points=points, most=tally.questions)


def percent_text(percent: int, language: Language) -> str:
    """Word a share."""
    return say(language, "quiz.percent", n=percent)


def mode_text(mode: str, language: Language) -> str:
    """Return a mode's name."""
    return say(language, f"quiz.mode-{mode}")


def left_text(left_ms: int, language: Language) -> str:
    """Say how much time is left; whole seconds in the last minute."""
    left = timedelta(milliseconds=left_ms)
    if left >= _A_MINUTE:
        return say(language, "quiz.left", time=duration_text(left, language))
    seconds = say(language, "screen.seconds", n=-(-left_ms // 1000))
    return say(language, "quiz.left", time=seconds)


def choice_text(card: Card, response: str, language: Language) -> str:
    """Return a choice in a language, in whichever it was taken; other texts as is."""
    for other in Language:
        for place, choice in enumerate(card.content.prompt(other).choices):
            if choice.value == response:
                return card.content.prompt(language).choices[place].text
    return response


def gave_text(answered: Answered, language: Language) -> str:
    """Return what the learner answered, or that it was nothing."""
    card = answered.item.card
    text = given_text(card, answered.response, language).strip()
    if answered.response and card.content.prompt(language).choices:
        text = choice_text(card, text, language)
    return text or say(language, "quiz.nothing")


def judged_texts(answered: Answered, language: Language) -> tuple[str, list[str]]:
    """Return the verdict in a word, and what there is to remark."""
    if answered.verdict.outcome is Outcome.UNJUDGED:
        return assessed_text(answered.outcome, language), []
    word, remarks = judgement(answered.verdict, _given(answered), language)
    return word, [*remarks, *notes(answered, language)]


def miss_texts(answered: Answered, language: Language) -> list[str]:
    """Return what there is to remark on a miss, beside what was answered."""
    findings = (one for one in answered.verdict.findings if one.code != "chose")
    verdict = answered.verdict._replace(findings=tuple(findings))
    word, remarks = judged_texts(replace(answered, verdict=verdict), language)
    says_more = answered.verdict.outcome in {Outcome.PARTIAL, Outcome.UNJUDGED}
    return remarks or ([word] if says_more else [])


def assessed_text(outcome: Outcome, language: Language) -> str:
    """Say how far the learner knew an answer, by the learner's own judgement."""
    return say(language, f"quiz.knew-{outcome.value}")


def _given(answered: Answered) -> str:
    """Return what was answered; a refusal is an answer, too."""
    refused = any(note.code == REFUSED for note in answered.findings)
    return answered.response or ("-" if refused else "")


def notes(answered: Answered, language: Language) -> Iterator[str]:
    """Yield why an answer is worth something else than its verdict says."""
    if answered.choice and answered.item.choices:
        chosen = choice_text(answered.item.choices, answered.choice, language)
        key = "second-right" if answered.points == HALF else "second-wrong"
        yield say(language, f"quiz.{key}", chosen=chosen)
    hinted = any(note.code == HINTED for note in answered.findings)
    if hinted and answered.points == HALF:
        yield say(language, "quiz.hinted")


def standing_text(quiz: Quiz, left_ms: int | None, language: Language) -> list[str]:
    """Return mode, score so far and time left, each if there is something to say."""
    mode = quiz.paper.mode
    parts = [mode_text(mode, language)]
    if mode.tells_at_once and quiz.answers:
        tally = Tally(len(quiz.answers), quiz.points)
        parts.append(score_text(tally, language))
    if left_ms is not None:
        parts.append(left_text(left_ms, language))
    return parts


def made_text(quiz: Quiz, language: Language) -> str:
    """Say that the question shown is one that the program made, if it is."""
    question = quiz.paper.items[quiz.position - 1].question
    is_generated = question.made.is_generated
    return say(language, "questions.generated") if is_generated else ""


def title_of(card: Card, titles: Mapping[str, str]) -> str:
    """Return the title of a card's deck."""
    deck = deck_of(card.id)
    return titles.get(deck, deck)


def spent_text(took_ms: int, language: Language) -> str:
    """Word how long a quiz took."""
    return time_text(took_ms, language)
