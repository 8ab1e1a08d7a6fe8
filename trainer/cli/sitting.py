"""A sitting put together: the learner's desk, and who asks and judges."""

import gc
import sys

from trainer.cards.card import deck_of
from trainer.cli.options import is_terminal
from trainer.cli.world import World
from trainer.language.clean import clean
from trainer.language.errors import Exit
from trainer.storage.library import Library
from trainer.storage.store import Store
from trainer.study.session import Asking, Session, rehearse
from trainer.study.view import view_of
from trainer.terminal.asked import asked
from trainer.terminal.ending import seated
from trainer.terminal.look import TWO_GRADES, Look
from trainer.terminal.opening import opening
from trainer.terminal.signs import signs_for
from trainer.terminal.tty import may_color, terminal_size


def sit(
    session: Session,
    library: Library,
    store: Store,
    world: World,
    limit_ms: int | None = None,
) -> int:
    """Hold a sitting, on the screen or line by line; return the exit code."""
    library.expect(session.queue.main)
    if is_terminal() and not world.options.by_lines:
        return _sit_at_screen(session, library, store, world, limit_ms)
    return _sit_line_by_line(session, library, store, world, limit_ms)


def _sit_line_by_line(
    session: Session,
    library: Library,
    store: Store,
    world: World,
    limit_ms: int | None,
) -> int:
    from trainer.cli.surroundings import Surroundings
    from trainer.study.loop import run
    from trainer.terminal.lines import LineLearner
    from trainer.terminal.summary import summary_texts

    desk = Surroundings(library, store, world).desk()
    look = _look(world)
    learner = LineLearner(
        sys.stdin,
        sys.stdout,
        look,
        desk,
        interactive=is_terminal(),
        hints=world.preferences.hints,
    )
    ended = run(session, learner, store, world.clock, limit_ms)
    print()
    for line in summary_texts(desk.recap(ended), world.language, look.signs):
        print(clean(line))
    return Exit.OK


def _sit_at_screen(
    session: Session,
    library: Library,
    store: Store,
    world: World,
    limit_ms: int | None,
) -> int:
    """Show the first question at once; load the screen and the judge as it is read."""
    began = world.clock.ticks()
    with seated(sys.stdin) as ending:
        back = _show_at_once(session, library, world)
        from trainer.cli.surroundings import Surroundings
        from trainer.study.loop import run
        from trainer.terminal.screen import ScreenLearner
        from trainer.terminal.steady import standard_output

        learner = ScreenLearner(
            Surroundings(library, store, world).desk(),
            world.language,
            world.settings.rollover,
            color=world.options.colored(stream_is_terminal=True),
            ascii=world.options.ascii,
            preferences=world.preferences,
            output=standard_output(back),
            ending=ending,
        )
        rehearse(session, world.clock.now())
        gc.freeze()  # the screen tidies up while a page is read, and past this
        with learner:
            ended = run(session, learner, store, world.clock, limit_ms, began)
            learner.summary(ended)
    return ending.exit_code


def _show_at_once(session: Session, library: Library, world: World) -> str:
    """Show the first question; return what leads back to where it begins."""
    if not isinstance(session.phase, Asking):
        return ""
    topic = library.topics[deck_of(session.phase.card.id)]
    title = topic.title.in_language(world.language)
    view = view_of(session, world.clock.now())
    shown = asked(session.phase, view, title, world.preferences, world.language)
    look = _look(world).sized(*terminal_size(sys.stdout))
    color = may_color(color=world.options.colored(stream_is_terminal=True))
    drawn = opening(shown, look, color=color)
    print(drawn.page, end="", flush=True)
    return drawn.back


def _look(world: World) -> Look:
    signs = signs_for(ascii_only=world.options.ascii)
    look = Look(world.language, signs, world.settings.rollover)
    return look._replace(ratings=TWO_GRADES) if world.preferences.two_grades else look
