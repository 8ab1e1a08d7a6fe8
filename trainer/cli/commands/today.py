"""`trainer` alone: today at a glance, and the next step."""

import json

from trainer.cli.world import World
from trainer.language.catalogue import say
from trainer.scheduling.studyday import study_day


def show_today(world: World, *, as_json: bool) -> None:
    """Print what is due, what is new, what was done, and what to type next."""
    rollover = world.settings.rollover
    today = study_day(world.clock.now(), rollover)
    with world.library() as library, world.store() as store:
        done = sum(study_day(one.at, rollover) == today for one in store.reviews())
        counts = library.due_counts(world.home, world.due_limits())
    sums = {
        "due": sum(one.due for one in counts),
        "learning": sum(one.learning for one in counts),
        "new": sum(one.new for one in counts),
    }
    if as_json:
        print(
            json.dumps(
                {"schema_version": 1, "date": today.isoformat(), **sums, "done": done}
            )
        )
        return
    key = "today.waiting" if any(sums.values()) else "today.free"
    for line in ("today.counts", "today.done", key):
        print(say(world.language, line, **sums, done=done))
