"""`trainer` alone: today at a glance, and the next step."""

from datetime import timedelta

from trainer.cli.jsonlines import print_json
from trainer.cli.world import World
from trainer.language.catalogue import say
from trainer.scheduling.studyday import study_day

_LONGER_THAN_A_STUDY_DAY = timedelta(days=2)


def show_today(world: World, *, as_json: bool) -> None:
    """Print what is due, what is new, what was done, and what to type next."""
    rollover = world.settings.rollover
    now = world.clock.now()
    today = study_day(now, rollover)
    with world.library() as library:
        # closed before the count opens it: on a full disk only one of them can
        with world.store() as store:
            answered = store.log.answered_since(now - _LONGER_THAN_A_STUDY_DAY)
            done = sum(study_day(at, rollover) == today for at in answered)
            is_new = store.log.is_new()
        waiting = library.due_counts(world.home, world.due_limits())
    sums = {"due": waiting.due, "learning": waiting.learning, "new": waiting.new}
    if as_json:
        print_json({"date": today.isoformat(), **sums, "done": done})
        return
    done_so_far = "today.welcome" if is_new else "today.done"
    next_step = "today.waiting" if any(sums.values()) else "today.free"
    for line in ("today.counts", done_so_far, next_step):
        print(say(world.language, line, **sums, done=done))
