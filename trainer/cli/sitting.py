"""A sitting put together: the learner's desk, and who asks and judges."""

import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from trainer.cards.card import Card, CardId
from trainer.cli.options import is_terminal
from trainer.cli.world import World
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.language.errors import Exit, TrainerError
from trainer.scheduling.history import Logged, memories_after
from trainer.scheduling.marks import ORDINARY
from trainer.scheduling.review import Review
from trainer.scheduling.studyday import study_day
from trainer.storage.library import Library
from trainer.storage.store import Store
from trainer.study.loop import run, view_of
from trainer.study.recap import Recap, sum_up
from trainer.study.session import Asking, Session
from trainer.terminal.asked import asked
from trainer.terminal.desk import AfterEdit, Desk
from trainer.terminal.ending import seated
from trainer.terminal.look import Look
from trainer.terminal.opening import opening
from trainer.terminal.signs import signs_for
from trainer.terminal.tty import may_color, terminal_size
from trainer.terminal.words import labelled_text, source_text

_SIGNALLED = 128  # what shells add to a signal for the exit code
_WEEK = timedelta(days=7)


def sit(
    session: Session,
    library: Library,
    store: Store,
    world: World,
    limit_ms: int | None = None,
) -> int:
    """Hold a sitting, on the screen or line by line; return the exit code."""
    desk = _Surroundings(library, store, world).desk()
    if is_terminal() and not world.options.by_lines:
        return _sit_at_screen(session, desk, store, world, limit_ms)
    return _sit_line_by_line(session, desk, store, world, limit_ms)


def _sit_line_by_line(
    session: Session, desk: Desk, store: Store, world: World, limit_ms: int | None
) -> int:
    from trainer.terminal.lines import LineLearner
    from trainer.terminal.summary import summary_texts

    signs = signs_for(ascii_only=world.options.ascii)
    learner = LineLearner(
        sys.stdin,
        sys.stdout,
        Look(world.language, signs, world.settings.rollover),
        desk,
        interactive=is_terminal(),
    )
    ended = run(session, learner, store, world.clock, limit_ms)
    print()
    for line in summary_texts(desk.recap(ended), world.language, signs):
        print(clean(line))
    return Exit.OK


def _sit_at_screen(
    session: Session, desk: Desk, store: Store, world: World, limit_ms: int | None
) -> int:
    began = world.clock.ticks()
    with seated(sys.stdin) as ending:
        back = _show_at_once(session, desk, world)
        from trainer.terminal.screen import ScreenLearner
        from trainer.terminal.steady import standard_output

        learner = ScreenLearner(
            desk,
            world.language,
            world.settings.rollover,
            color=world.options.colored(stream_is_terminal=True),
            ascii=world.options.ascii,
            preferences=world.preferences,
            output=standard_output(back),
            ending=ending,
        )
        with learner:
            ended = run(session, learner, store, world.clock, limit_ms, began)
            learner.summary(ended)
    return _SIGNALLED + ending.by if ending.by else Exit.OK


def _show_at_once(session: Session, desk: Desk, world: World) -> str:
    """Show the first question; return what leads back to where it begins."""
    if not isinstance(session.phase, Asking):
        return ""
    view = view_of(session, world.clock.now())
    shown = asked(session.phase, view, desk, world.preferences, world.language)
    signs = signs_for(ascii_only=world.options.ascii)
    look = Look(world.language, signs, world.settings.rollover)
    color = may_color(color=world.options.colored(stream_is_terminal=True))
    drawn = opening(shown, look.sized(*terminal_size(sys.stdout)), color=color)
    print(drawn.page, end="", flush=True)
    return drawn.back


class _Surroundings:
    """What a learner's desk draws from."""

    def __init__(self, library: Library, store: Store, world: World) -> None:
        self.library = library
        self.store = store
        self.world = world
        self.paths = {topic.id: topic.path for topic in library.topics.values()}

    def desk(self) -> Desk:
        """Return the desk."""
        titles = self.world.titles(self.library)
        return Desk(titles, self.recap, self.about, self.edit)

    def recap(self, session: Session) -> Recap:
        """Sum a sitting up as it is now."""
        now, rollover = self.world.clock.now(), self.world.settings.rollover
        days = {
            study_day(at, rollover) for at in self.store.answered_since(now - _WEEK)
        }
        limits = self.world.due_limits(days_ahead=1)
        counts = self.library.due_counts(self.world.home, limits)
        tomorrow = sum(one.due + one.learning for one in counts)
        return sum_up(session, now, tomorrow, days)

    def about(self, card: CardId, look: Look) -> Iterator[str]:
        """Tell what is known of a card, without giving its answer away."""
        from trainer.terminal.log_text import log_lines
        from trainer.terminal.state_text import state_parts

        language, settings = look.language, self.world.settings
        history = self.store.history(card)
        memories = memories_after(history, settings)
        memory = self.store.memory(card)
        standing = self.store.standings().get(card, ORDINARY)
        now = self.world.clock.now()
        told = self.library.get(card)  # an edit may have broken its file
        if told and told.source:
            yield labelled_text("source", source_text(told.source, language), language)
        for label, text in state_parts(memory, standing, now, settings, language):
            yield say(language, "words.labelled", label=label, text=text)
        if history:
            yield ""
            untyped = [_untyped(one) for one in history]
            yield from log_lines(untyped, memories, look, of_one_card=True)

    def edit(self, card: Card) -> AfterEdit:
        """Open an editor at a card, and read the decks again."""
        from trainer.terminal.editor import open_editor

        path = self.paths[card.id.partition("/")[0]]
        try:
            open_editor(path, card.line)
            self.library.refresh()
        except TrainerError as error:
            return AfterEdit(card, [error.in_language(self.world.language)])
        with suppress(KeyError):
            return AfterEdit(self.library[card.id])
        language = self.world.language
        if self.library.errors_in(path):
            return AfterEdit(card, [say(language, "review.unreadable-edit")])
        return AfterEdit(None, [say(language, "review.card-gone", card=card.id)])


def _untyped(one: Logged) -> Logged:
    if isinstance(one.entry, Review):
        return replace(one, entry=replace(one.entry, response=""))
    return one
