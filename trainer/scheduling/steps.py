"""Learning and relearning steps, as py-fsrs goes through them."""

from datetime import timedelta

from trainer.scheduling.defaults import Steps
from trainer.scheduling.review import Rating


def next_step(step: int, rating: Rating, steps: Steps) -> tuple[int, timedelta] | None:
    """Return the step after an answer in one, and its wait; nothing after the last.

    There may be fewer steps than when the card was put into its own.
    """
    if rating is Rating.AGAIN and steps:
        return 0, steps[0]
    if rating is Rating.EASY or step >= len(steps):
        return None
    if rating is Rating.HARD:
        return step, _once_more(step, steps)
    return (step + 1, steps[step + 1]) if step + 1 < len(steps) else None


def _once_more(step: int, steps: Steps) -> timedelta:
    """Return how long a card that was hard waits in its step."""
    if step:
        return steps[step]
    if len(steps) == 1:
        return steps[0] * 1.5
    return (steps[0] + steps[1]) / 2
