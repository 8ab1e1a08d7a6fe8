"""What is said at the end of a sitting."""

from collections.abc import Iterator
from datetime import timedelta

from trainer.language.catalogue import say
from trainer.language.text import Language
from trainer.study.recap import Hard, Recap
from trainer.terminal.interval import duration_text, time_text
from trainer.terminal.signs import Signs
from trainer.terminal.words import judgement_remarks

_A_MOMENT = timedelta(minutes=1)


def summary_texts(recap: Recap, language: Language, signs: Signs) -> Iterator[str]:
    """Yield what was done, what was hard, and what comes next."""
    if recap.cards:
        yield say(
            language,
            "review.summary",
            cards=recap.cards,
            answers=recap.answers,
            right=recap.right,
            time=time_text(recap.spent_ms, language),
        )
    if recap.hardest:
        yield say(language, "review.hardest")
        for hard in recap.hardest:
            yield _hard(hard, language)
    yield from _next(recap, language)
    yield say(language, "review.tomorrow", count=recap.tomorrow)
    if any(recap.studied):
        days = "".join(
            signs.studied if day else signs.not_studied for day in recap.studied
        )
        count = sum(recap.studied)
        yield say(language, "review.week", days=days, count=count)


def _hard(hard: Hard, language: Language) -> str:
    question = hard.card.content.prompt(language).question
    remarks = judgement_remarks(hard.findings, language)
    if not remarks:
        return say(language, "review.hard-card", question=question)
    return say(language, "review.hard-card-why", question=question, remark=remarks[0])


def _next(recap: Recap, language: Language) -> Iterator[str]:
    """Yield what is left for today; after a whole sitting, what may come after it."""
    if recap.next_step is None and recap.left:
        yield say(language, "review.left", count=max(recap.left, recap.waiting))
        return
    if recap.next_step is not None:
        wait = duration_text(max(recap.next_step - recap.now, _A_MOMENT), language)
        yield say(language, "review.next-step", wait=wait)
    if recap.waiting:
        yield say(language, "review.more", count=recap.waiting)
    elif recap.next_step is None:
        yield say(language, "review.all-done")
