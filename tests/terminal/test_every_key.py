"""Every key of the review screen, in each of its forms, on a pipe."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from signal import SIGINT, SIGTERM, Signals, raise_signal

import pytest
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input

from tests.learning import replayed
from tests.terminal.sitting import (
    SETTINGS,
    RunningClock,
    deck_cards,
    desk_of,
    session_of,
)
from tests.terminal.test_prompt import Writes
from trainer.cards.card import Card, CardId
from trainer.language.text import Language
from trainer.scheduling.marks import ORDINARY, Standing
from trainer.scheduling.review import Mode, Review
from trainer.storage.store import Store
from trainer.study.loop import run
from trainer.study.session import Finished, Session
from trainer.terminal.desk import AfterEdit
from trainer.terminal.ending import seated
from trainer.terminal.keys import KEYS
from trainer.terminal.preferences import Preferences
from trainer.terminal.screen import ScreenLearner
from trainer.terminal.steady import SteadyOutput

RIGHT = "docker image ls -f dangling=true"
CTRL_C, CTRL_D, CTRL_G, CTRL_Q, LEFT, DELETE = (
    "\x03",
    "\x04",
    "\x07",
    "\x11",
    "\x1b[D",
    "\x7f",
)
HINT = "\x1b[24;2~"  # what Ctrl-H is turned into at a terminal
SPACES = (" ", "\u3000")
PRESSED = {
    "undo": ("u", "\uff55", "\x1f"),
    "skip": ("s", "\uff53", "\x13"),
    "bury": ("b", "\uff42", "\x14"),
    "suspend": ("!", "\uff01", "\x18"),
    "flag": ("f", "\uff46", "\x10"),
    "edit": ("e", "\uff45", "\x0f"),
    "info": ("i", "\uff49", "\x12"),
    "overrule": ("o", "\uff4f", "0", "\uff10"),
    "repeat": ("r", "\uff52", "2", "\uff12"),
    "help": ("?", "\uff1f", "\x1bOP"),
    "quit": ("q", "\uff51", CTRL_Q, CTRL_C, CTRL_D),
}
ANSWERED = {
    "command": RIGHT + "\r",
    "flag": "--rm\r",
    "words": "image\r",
    "recall": " ",
    "choose": "1",
    "cloze": "latest\r",
    "order": "1234\r",
}
"""What answers each card, rightly or not."""
TYPED = ("command", "flag", "words", "cloze")


def pressed(*names: str) -> list[tuple[str, str]]:
    """Return the keys that do some things, each with its name."""
    return [(name, key) for name in names for key in PRESSED[name]]


@dataclass
class Sitting:
    """Sittings over one log, fed from a pipe."""

    store: Store
    language: Language = Language.EN
    guard: timedelta = timedelta(0)
    two_grades: bool = False
    edit: Callable[[Card], AfterEdit] = AfterEdit
    written: Writes | None = None
    learner: ScreenLearner | None = None

    def __call__(self, names: str, keys: str) -> Session:
        """Ask some cards, press keys, and return where it ended."""
        by_name = {card.id.partition("/")[2]: card for card in deck_cards("forms")}
        session = session_of([by_name[name] for name in names.split()])
        self.written, clock = Writes(), RunningClock()
        desk = replace(desk_of({"forms": "Forms"}, clock), edit=self.edit)
        output = SteadyOutput(self.written, lambda: Size(24, 80), enable_cpr=False)
        with create_pipe_input() as pipe, seated(sys.stdin) as ending:
            pipe.send_bytes(keys.encode(errors="surrogateescape"))
            pipe.close()  # whoever waits for more than these keys leaves
            self.learner = ScreenLearner(
                desk,
                self.language,
                SETTINGS.rollover,
                preferences=Preferences(two_grades=self.two_grades),
                guard=self.guard,
                input=pipe,
                output=output,
                ending=ending,
            )
            with self.learner:
                return run(session, self.learner, self.store, clock)

    @property
    def reviews(self) -> list[Review]:
        """Return the reviews that count, as they were written."""
        return sorted(self.store.log.reviews(), key=lambda one: one.stamp.seq)

    @property
    def rated(self) -> list[tuple[str, int]]:
        """Return the ratings that count."""
        reviews = self.reviews
        return [(one.card.partition("/")[2], one.rating.value) for one in reviews]

    @property
    def noted(self) -> list[tuple[str, str]]:
        """Return what was noted of the answers beside what grading found."""
        notes = [note for one in self.reviews for note in one.findings]
        ours = {"hinted", "overruled"}
        return [(note.code, note.subject) for note in notes if note.code in ours]

    @property
    def responses(self) -> list[str]:
        """Return what was answered."""
        return [one.response for one in self.reviews]

    def standing(self, name: str) -> Standing:
        """Return where a card stands."""
        found = {str(card): one for card, one in self.store.standings().items()}
        return found.get(f"forms/{name}", ORDINARY)

    @property
    def screen(self) -> str:
        """Return all that was written to the screen."""
        assert self.written is not None
        return self.written.getvalue()


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Sitting]:
    """Hold sittings over a fresh log."""
    with Store(str(tmp_path), SETTINGS, lambda: "test") as store:
        store.memories()
        yield Sitting(store)


def shown(session: Session) -> str:
    """Return the card shown at the end, and whether it was judged."""
    if isinstance(session.phase, Finished):
        return "finished"
    name = session.phase.card.id.partition("/")[2]
    return f"{type(session.phase).__name__} {name}"


def test_all_keys_are_pressed_here() -> None:
    assert PRESSED.keys() | {"hint"} == KEYS.keys()


@pytest.mark.parametrize(("name", "key"), pressed("skip", "bury", "suspend"))
@pytest.mark.parametrize("before", ["", " "], ids=["asked", "judged"])
def test_a_card_is_skipped_buried_or_suspended(
    sit: Sitting, name: str, key: str, before: str
) -> None:
    session = sit("recall choose order", before + key + "q")
    assert shown(session) == "Asking choose"
    assert session.left(RunningClock().now()).total == (3 if name == "skip" else 2)
    standing = sit.standing("recall")
    assert standing.suspended == (name == "suspend")
    assert bool(standing.buried_on) == (name == "bury")
    assert sit.rated == []


@pytest.mark.parametrize("card", TYPED)
def test_control_keys_set_a_card_aside_while_a_line_is_typed(
    sit: Sitting, card: str
) -> None:
    for key in ("\x13", "\x14", "\x18"):
        session = sit(f"{card} recall", "sb!u" + key + "q")
        assert shown(session) == "Asking recall"
    assert sit.standing(card).suspended
    assert sit.standing(card).buried_on


@pytest.mark.parametrize("key", PRESSED["flag"])
def test_a_flag_stays_on_the_card_and_goes_the_same_way(sit: Sitting, key: str) -> None:
    assert shown(sit("choose", key + "q")) == "Asking choose"
    assert sit.standing("choose").flagged
    assert "flagged" in sit.screen.lower()
    assert shown(sit("order", f"21{key}{key}34\r{key}q")) == "Judged order"
    assert sit.standing("order").flagged


@pytest.mark.parametrize("card", TYPED)
def test_what_was_typed_stays_when_the_card_is_flagged(sit: Sitting, card: str) -> None:
    sit(card, "abc\x10def\r1" + CTRL_C)
    assert sit.responses == ["abcdef"]
    assert sit.standing(card).flagged


def test_what_was_picked_stays_when_the_card_is_flagged(sit: Sitting) -> None:
    sit("order", "21f34\r1q")
    picked = [int(one) for one in sit.responses[0].split()]
    assert sorted(picked) == [1, 2, 3, 4]


@pytest.mark.parametrize("key", PRESSED["undo"])
def test_undo_works_on_every_page(sit: Sitting, key: str) -> None:
    assert shown(sit("recall choose", f" 4{key}q")) == "Asking recall"
    assert shown(sit("recall choose", f" 41{key}q")) == "Asking recall"
    assert shown(sit("recall", f" 4{key}q")) == "Asking recall"
    assert sit.rated == []


def test_undo_goes_back_many_steps_over_answers_and_marks(sit: Sitting) -> None:
    session = sit("recall choose words order", " 41bimage\r4u\x1fuq")
    assert shown(session) == "Asking recall"
    assert sit.rated == []
    session = sit("recall choose words", " 4bimage\r4u\x1fuuq")
    assert shown(session) == "Asking recall"
    assert sit.standing("choose") == ORDINARY
    assert "nothing to take back" in sit.screen


@pytest.mark.parametrize(
    ("key", "standing"),
    [("\x14", "buried"), ("\x18", "suspended"), ("\x10", "flagged")],
)
def test_a_mark_is_taken_back(sit: Sitting, key: str, standing: str) -> None:
    session = sit("words recall", key + "\x1f" + CTRL_Q)
    assert shown(session) == "Asking words"
    assert sit.standing("words") == ORDINARY
    assert standing in sit.screen.lower()


def test_what_another_process_took_back_is_not_taken_back_twice(
    sit: Sitting, tmp_path: Path
) -> None:
    sit("recall choose words", " 414" + CTRL_Q)
    with Store(str(tmp_path), SETTINGS, lambda: "other") as other:
        other.take_back(RunningClock().now(), 1)
    assert sit.rated == [("recall", 4)]
    session = sit("words choose", "\x1fq")
    assert sit.rated == []
    assert shown(session) == "Asking words"


def test_what_is_taken_back_elsewhere_in_mid_sitting_is_known_here(
    sit: Sitting, tmp_path: Path
) -> None:
    def edit(card: Card) -> AfterEdit:
        with Store(str(tmp_path), SETTINGS, lambda: "other") as other:
            other.take_back(RunningClock().now(), 1)
        return AfterEdit(card)

    sit.edit = edit
    assert shown(sit("recall choose", " 3e14 4q")) == "finished"
    assert sit.rated == [("choose", 4), ("recall", 4)]
    assert sit.store.memories() == replayed(sit.store, SETTINGS)
    assert shown(sit("recall choose", "uuuq")) == "Asking choose"
    assert sit.rated == []
    assert sit.store.memories() == {}


@pytest.mark.parametrize("key", PRESSED["quit"])
@pytest.mark.parametrize("before", ["", " ", " 4", "?", "i", " ?"], ids=repr)
def test_every_key_that_leaves_leaves_every_page(
    sit: Sitting, key: str, before: str
) -> None:
    keys = key if key == CTRL_C or before[-1:] not in {"?", "i"} else f"x{key}"
    session = sit("recall", before + keys)
    assert sit.learner is not None
    assert sit.learner.ending.by == (SIGINT if key == CTRL_C else None)
    assert len(sit.rated) == (1 if before == " 4" else 0)
    assert shown(session).startswith(
        "finished" if before == " 4" else "Judged" if before[:1] == " " else "Asking"
    )


@pytest.mark.parametrize("card", TYPED)
def test_a_typed_line_is_left_with_control_keys(sit: Sitting, card: str) -> None:
    for keys in (CTRL_D, "q" + CTRL_Q, "q" + CTRL_C, f"q{DELETE}{CTRL_D}"):
        assert shown(sit(card, keys)) == f"Asking {card}"
    sit(card, "xq\x01" + CTRL_D + "\r1" + CTRL_C)
    assert sit.responses == ["q"]


@pytest.mark.parametrize("key", [*PRESSED["help"], *PRESSED["info"]])
def test_any_key_closes_another_page_and_does_nothing_else(
    sit: Sitting, key: str
) -> None:
    assert shown(sit("recall", f"{key} {key}q 4q")) == "finished"
    assert shown(sit("recall", f" {key}4{key}\r\x1b[A{key}uq")) == "Judged recall"


@pytest.mark.parametrize("key", ["\x1bOP", "\x12"])
def test_other_pages_keep_what_was_typed(sit: Sitting, key: str) -> None:
    sit("words", f"im{key}x{key}\x1b[B\x1b[A\x1b[6~\rage\r3{CTRL_C}")
    assert sit.responses == ["image"]


@pytest.mark.parametrize("key", PRESSED["overrule"])
@pytest.mark.parametrize(
    ("answer", "plainly", "overruled"),
    [("image", 3, 1), ("container", 1, 3), ("imaeg", 2, 3), ("", 1, 3)],
)
def test_a_verdict_is_overruled_both_ways_and_back(
    sit: Sitting, key: str, answer: str, plainly: int, overruled: int
) -> None:
    sit("words cloze", f"{answer}\r{key}\r{CTRL_C}")
    assert sit.rated == [("words", overruled)]
    outcome = {3: "correct", 2: "partial", 1: "wrong"}[plainly]
    assert sit.noted == [("overruled", outcome)]
    assert "you overrule" in sit.screen
    sit("flag cloze", f"--nothing\r{key}{key}\r{CTRL_C}")
    assert len(sit.noted) == 1


def test_there_is_no_verdict_to_overrule_on_a_card_that_is_turned(
    sit: Sitting,
) -> None:
    sit("recall", " o0\rq")
    assert (sit.rated, sit.noted) == ([("recall", 3)], [])


def test_overruling_and_rating_otherwise_keeps_both(sit: Sitting) -> None:
    sit("choose", "9o4q")
    assert sit.rated == []  # there is no ninth choice
    sit("words", "x\ro4" + CTRL_C)
    assert (sit.rated, sit.noted) == ([("words", 4)], [("overruled", "wrong")])


def test_hints_come_one_after_the_other_and_cap_the_suggestion(sit: Sitting) -> None:
    sit("command", HINT * 5 + "doc" + HINT + f"ker{RIGHT[6:]}\r\r" + CTRL_C)
    assert sit.rated == [("command", 2)]
    assert sit.noted == [("hinted", "2")]


@pytest.mark.parametrize(
    ("card", "wrong"), [("flag", "x"), ("words", "x"), ("cloze", "x")]
)
def test_a_hint_stays_with_the_card_when_it_was_flagged(
    sit: Sitting, card: str, wrong: str
) -> None:
    sit(card, f"{HINT}\x10{wrong}\r\r{CTRL_C}")
    assert (sit.rated, sit.noted) == ([(card, 1)], [("hinted", "1")])


def test_what_deletes_still_deletes(sit: Sitting) -> None:
    for key in (DELETE, "\x08"):  # a pipe is no terminal whose ^H is a key of its own
        sit("words", f"imagx{key}e\r3{CTRL_C}")
    assert set(sit.responses) == {"image"}


@pytest.mark.parametrize("digit", ["1", "\uff11"])
def test_a_digit_picks_a_choice(sit: Sitting, digit: str) -> None:
    session = sit("choose", digit + CTRL_C)
    assert shown(session) == "Judged choose"
    sit("choose", f"4{CTRL_G}\r{CTRL_C}")
    assert sit.responses == [""]


@pytest.mark.parametrize("enter", ["\r", " ", "\u3000"])
@pytest.mark.parametrize("back", [DELETE, LEFT, "\x08"])
def test_steps_are_put_in_order_and_taken_back(
    sit: Sitting, enter: str, back: str
) -> None:
    early = f"1{enter}1\uff12{back}{back}{back}{back}"
    session = sit("order", f"{early}43\uff12{back}{enter}1\uff12{enter}{CTRL_C}")
    assert shown(session) == "Judged order"
    plain = sit("order", f"4312\r{CTRL_C}")
    assert session.phase.response == plain.phase.response  # type: ignore[union-attr]


@pytest.mark.parametrize("enter", ["\r", " ", "\u3000"])
def test_enter_and_space_turn_rate_and_leave(sit: Sitting, enter: str) -> None:
    assert shown(sit("recall", f"{enter}{enter} 4{enter}q")) == "finished"
    assert sit.rated == [("recall", 3), ("recall", 4)]


def test_the_guard_holds_back_enter_and_space_alone(sit: Sitting) -> None:
    sit.guard = timedelta(hours=1)
    for enter in ("\r", *SPACES):
        assert shown(sit("recall", enter * 3 + "q")) == "Judged recall"
        assert shown(sit("words", "\r \x15\r" + CTRL_C)) == "Asking words"
    assert shown(sit("recall choose", " \r\r41\r 4\r \rq")) == "finished"
    assert sit.rated == [("recall", 4), ("choose", 4)]


def test_a_backslash_continues_a_command_wherever_the_cursor_is(sit: Sitting) -> None:
    sit("command", f"docker image \\\rls -f dangling=true\r3{CTRL_C}")
    sit("flag", f"--rm\\\x01\r\x7f\x7f\r3{CTRL_C}")
    sit("words", f"image\\\r1{CTRL_C}")
    assert sit.responses == ["docker image \\\nls -f dangling=true", "--rm", "image\\"]
    assert sit.rated[0] == ("command", 3)


def test_pasted_lines_become_one_line(sit: Sitting) -> None:
    for pasted in ("docker image\r\n  ls -f\r\ndangling=true\r\n", "\n\n" + RIGHT):
        sit("command", f"\x1b[200~{pasted}\x1b[201~\r3{CTRL_C}")
    assert {rating for _, rating in sit.rated} == {3}
    assert all("\n" not in one for one in sit.responses)
    sit("flag", f"\x1b[200~--rm\\\nx\x1b[201~\r1{CTRL_C}")
    assert sit.responses[-1] == "--rm\\\nx"
    assert shown(sit("recall", f"\x1b[200~4q\n\x1b[201~ {CTRL_C}")) == "Judged recall"


def test_an_answer_that_is_no_text_or_endless_is_kept_as_far_as_it_can_be(
    sit: Sitting,
) -> None:
    for card in TYPED:
        sit(
            card,
            f"\x1b[200~a\udcff\x00\x1b]0;x\x07\u202e{'x' * 9999}\x1b[201~\r1{CTRL_C}",
        )
        assert "\u202e" not in sit.screen
        assert "\x1b]0" not in sit.screen
    assert {len(one) for one in sit.responses} == {4096}
    assert {one[:3] for one in sit.responses} == {"a\ufffd\0"}


@pytest.mark.parametrize("key", PRESSED["repeat"])
def test_failures_are_gone_over_without_effect_on_the_schedule(
    sit: Sitting, key: str
) -> None:
    session = sit("recall choose", f" 114 4{key} 1 4q")
    assert shown(session) == "finished"
    modes = [one.mode for one in sit.reviews]
    assert modes[-2:] == [Mode.CRAM, Mode.CRAM]
    assert Mode.CRAM not in modes[:-2]
    assert (
        session.memory(CardId("forms/recall"))
        == sit.store.memories()[CardId("forms/recall")]
    )


def test_without_failures_there_is_nothing_to_go_over(sit: Sitting) -> None:
    session = sit("recall", " 4r2q")
    assert (shown(session), session.mode) == ("finished", Mode.REVIEW)
    assert "failures again" not in sit.screen


def test_two_grades_are_failed_and_passed(sit: Sitting) -> None:
    sit.two_grades = True
    sit("recall choose", " 34211q")
    assert sit.rated == [("recall", 3), ("choose", 1)]
    sit("words", f"imaeg\r\r{CTRL_C}")
    sit("flag", f"--rm\r\r{CTRL_C}")
    assert sit.rated[2:] == [("words", 1), ("flag", 3)]
    assert "Hard" not in sit.screen


def editing(*after: AfterEdit) -> Callable[[Card], AfterEdit]:
    """Return an editor that leaves cards as they are given, one after the other."""
    results = iter(after)
    return lambda _: next(results)


def content_of(name: str) -> Card:
    """Return a card of the deck."""
    return next(card for card in deck_cards("forms") if card.id == f"forms/{name}")


@pytest.mark.parametrize("key", PRESSED["edit"])
@pytest.mark.parametrize("before", ["", " "], ids=["asked", "judged"])
def test_an_edited_card_is_asked_as_it_is_now(
    sit: Sitting, key: str, before: str
) -> None:
    now = content_of("recall")._replace(content=content_of("choose").content)
    sit.edit = editing(AfterEdit(now, ["Something to know"]))
    assert shown(sit("recall words", before + key + "q")) == "Asking recall"
    assert "the web's?" in sit.screen
    assert "Something to know" in sit.screen


def test_a_card_that_the_editor_deleted_is_passed_over(sit: Sitting) -> None:
    sit.edit = editing(AfterEdit(None, ["Gone"]), AfterEdit(None))
    assert shown(sit("words recall", "x\x0fq")) == "Asking recall"
    assert shown(sit("words", "x\x0fq")) == "finished"


@pytest.mark.parametrize(("signal", "by"), [(SIGINT, None), (SIGTERM, SIGTERM)])
def test_ctrl_c_in_the_editor_is_the_editors_and_other_signals_end_the_sitting(
    sit: Sitting, signal: Signals, by: Signals | None
) -> None:
    def edit(card: Card) -> AfterEdit:
        raise_signal(signal)
        return AfterEdit(card)

    sit.edit = edit
    sit("recall choose", " 4e14q")
    assert sit.learner is not None
    assert sit.learner.ending.by == by
    assert len(sit.rated) == (1 if by else 2)


@pytest.mark.parametrize("card", TYPED)
def test_what_was_typed_stays_while_the_card_is_edited(sit: Sitting, card: str) -> None:
    sit.edit = AfterEdit
    sit(card, f"ab{HINT}\x0fcd\r1{CTRL_C}")
    assert sit.responses == ["abcd"]
    assert sit.noted[0][0] == "hinted"


def test_what_was_picked_is_forgotten_as_the_steps_may_be_others(
    sit: Sitting,
) -> None:
    order = content_of("order")
    fewer = replace(order.content, steps=order.content.steps[:3])  # type: ignore[attr-defined, type-var]
    sit.edit = editing(AfterEdit(order._replace(content=fewer)))
    session = sit("order", "412e\r123\rq")
    assert shown(session) == "Judged order"


@pytest.mark.parametrize("language", Language)
def test_all_forms_can_be_typed_ahead_in_one_go(
    sit: Sitting, language: Language
) -> None:
    sit.language = language
    keys = "".join(f"{keys}4" for keys in ANSWERED.values())
    assert shown(sit(" ".join(ANSWERED), keys + "q")) == "finished"
    assert sit.rated == [(name, 4) for name in ANSWERED]
