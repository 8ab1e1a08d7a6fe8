"""A quiz in line mode: one answer a line, nothing redrawn."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TextIO

from trainer.cards.card import Card, Input
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.study.quiz.loop import Assessed, Decided, Move, Responded, Said
from trainer.study.quiz.paper import (
    Again,
    Answered,
    Asking,
    Judging,
    Offering,
    Quiz,
    offered_text,
)
from trainer.study.quiz.record import FULL, HALF, NONE, QuizMode
from trainer.terminal.lines import INVITATIONS, UNCLEAR, response_of
from trainer.terminal.look import Look
from trainer.terminal.quizwords import (
    judged_texts,
    made_text,
    points_text,
    standing_text,
    title_of,
)
from trainer.terminal.typed import narrowed, taken
from trainer.terminal.words import details, labelled_text

_YES, _NO = Decided(takes=True), Decided(takes=False)
_DECISIONS: Mapping[str, Said] = {
    **dict.fromkeys(("1", "y", "yes", "是", "对"), _YES),
    **dict.fromkeys(("2", "n", "no", "否", "不"), _NO),
}
_ASSESSMENTS: Mapping[str, Said] = {
    "1": Assessed(NONE),
    "2": Assessed(HALF),
    "3": Assessed(FULL),
}
_LEAVING = frozenset({":q", ":quit"})


@dataclass(frozen=True, slots=True)
class QuizLines:
    """Reads answers from a stream, a line each, and writes labelled lines.

    `:q` leaves, `:h` gives a hint where there are hints, `:?` tells so.
    """

    answers: TextIO
    out: TextIO
    look: Look
    titles: Mapping[str, str]
    interactive: bool
    hints: bool

    def attend(self, quiz: Quiz, left_ms: int | None) -> Said:
        """Print what the quiz shows now, and read a line if it wants one."""
        match quiz.phase:
            case Asking(item):
                self._head(quiz, item.card, left_ms)
                self._question(item.card)
                self._choices(item.card)
                hints = self.hints and quiz.paper.mode is QuizMode.PRACTICE
                return self._ask(item.card, hints=hints)
            case Again(_, card, first):
                self._say("again" if first.strip() else "again-unknown")
                self._choices(card)
                return self._ask(card, hints=False)
            case Offering(item, place):
                if place == 0:
                    self._head(quiz, item.card, left_ms)
                    self._question(item.card)
                text = offered_text(quiz.phase, self.look.language)
                self._say("option", number=place + 1, text=text)
                return self._press("decide", _DECISIONS)
            case Judging(item):
                self._answer(item.card)
                return self._press("assess", _ASSESSMENTS)
            case _:
                return Move.GO_ON

    def recorded(self, quiz: Quiz, answered: Answered) -> None:
        """Print what an answer is worth, unless that is told at the end."""
        if not quiz.paper.mode.tells_at_once:
            return
        word, remarks = judged_texts(answered, self.look.language)
        self._say("worth", verdict=word, points=points_text(answered.points))
        for remark in remarks:
            self._print(remark)
        card = answered.item.card
        if card.content.prompt(self.look.language).input is not Input.FLIP:
            self._answer(card)

    def _head(self, quiz: Quiz, card: Card, left_ms: int | None) -> None:
        self._print()
        standing = standing_text(quiz, left_ms, self.look.language)
        made = made_text(quiz, self.look.language)
        self._say(
            "heading",
            number=quiz.position,
            count=len(quiz.paper.items),
            title=title_of(card, self.titles),
            standing=self.look.signs.between.join(filter(None, [*standing, made])),
        )

    def _question(self, card: Card) -> None:
        prompt = card.content.prompt(self.look.language)
        self._print(labelled_text("question", prompt.question, self.look.language))

    def _choices(self, card: Card) -> None:
        choices = card.content.prompt(self.look.language).choices
        for number, choice in enumerate(choices, 1):
            self._print(self._in("lines.choice", number=number, text=choice.text))

    def _answer(self, card: Card) -> None:
        language = self.look.language
        answer = card.content.sides(language)[1]
        for name, text in (("answer", answer), *details(card, language)):
            self._print(labelled_text(name, text, language))

    def _ask(self, card: Card, *, hints: bool) -> Said:
        prompt = card.content.prompt(self.look.language)
        left = iter(card.content.hints(self.look.language) if hints else ())
        seen = 0
        while True:
            line = self._read(f"lines.{INVITATIONS[prompt.input]}")
            if line is None:
                return Move.LEAVE
            if narrowed(line) == ":h":
                seen += self._hint(left, hints=hints)
                continue
            response = response_of(prompt, taken(line))
            if response is not None:
                return Responded(response, seen)
            unclear = f"lines.{UNCLEAR[prompt.input]}"
            self._print(self._in(unclear, count=len(prompt.choices)))

    def _hint(self, left: Iterator[str], *, hints: bool) -> bool:
        hint = next(left, None)
        if hint is None:
            self._print(
                self._in("lines.no-hint") if hints else self._in("quiz.no-hints")
            )
            return False
        self._print(self.look.drawn(hint))
        return True

    def _press(self, name: str, answers: Mapping[str, Said]) -> Said:
        while True:
            line = self._read(f"quiz.{name}")
            if line is None:
                return Move.LEAVE
            said = answers.get(narrowed(line).casefold())
            if said is not None:
                return said
            self._say(f"{name}-unclear")

    def _read(self, key: str) -> str | None:
        """Read a line; nothing where the learner leaves. Help is printed at once."""
        while True:
            self.out.write(self._in(key) + " ")
            self.out.flush()
            line = self.answers.readline()
            if not self.interactive:
                self._print()
            if not line or narrowed(line) in _LEAVING:
                return None
            if narrowed(line) != ":?":
                return line.rstrip("\r\n")
            self._say("lines-help")

    def _say(self, key: str, **values: object) -> None:
        self._print(self._in(f"quiz.{key}", **values))

    def _in(self, key: str, **values: object) -> str:
        return say(self.look.language, key, **values)

    def _print(self, text: str = "") -> None:
        self.out.write(clean(text) + "\n")
        self.out.flush()
