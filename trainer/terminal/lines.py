"""Line mode: for pipes and screen readers. One answer a line, nothing redrawn."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import TextIO

from trainer.cards.card import Card, Input, Prompt
from trainer.grading.verdict import Outcome
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.language.text import Language
from trainer.scheduling.marks import Entry
from trainer.scheduling.review import Rating
from trainer.scheduling.settings import Settings
from trainer.study.loop import Answered, Quit, Rated, Undo, View
from trainer.study.session import Asking, Done, Judged
from trainer.terminal.interval import interval_at_rating
from trainer.terminal.words import (
    details,
    judgement,
    labelled_text,
    rating_text,
    taken_back_text,
)

LONGEST = 4096
_INVITATIONS = {
    Input.COMMAND: "type-command",
    Input.LINE: "type-words",
    Input.FLIP: "flip",
    Input.CHOICE: "choose",
    Input.ORDER: "put-in-order",
}
_RATING = re.compile(r"(?:^|\s)[=＝]([1-4１-４])\s*$")


class LineLearner:
    """Reads answers from a stream, a line each, and writes labelled lines.

    A line that ends in ` =1` … ` =4` rates its own answer; else the suggested
    rating is taken. `:u` takes the last answer back, `:q` leaves.
    """

    def __init__(
        self,
        answers: TextIO,
        out: TextIO,
        language: Language,
        titles: Mapping[str, str],
        settings: Settings,
        *,
        interactive: bool,
    ) -> None:
        self._answers = answers
        self._out = out
        self._language = language
        self._titles = titles
        self._settings = settings
        self._interactive = interactive
        self._rating: Rating | None = None

    def ask(self, asking: Asking, view: View) -> Answered | Undo | Quit:
        """Print a question and read a line."""
        prompt = asking.card.content.prompt(self._language)
        self._print()
        self._print(self._heading(asking.card, view))
        self._print(labelled_text("question", prompt.question, self._language))
        for number, choice in enumerate(prompt.choices, 1):
            self._say("choice", number=number, text=choice.text)
        line = self._read(_INVITATIONS[prompt.input])
        if isinstance(line, Undo | Quit):
            return line
        found = _RATING.search(line)
        self._rating = Rating(int(found[1])) if found else None
        typed = line[: found.start()] if found else line
        return Answered(_response(prompt, typed[:LONGEST]))

    def judge(self, judged: Judged, view: View) -> Rated | Undo | Quit:
        """Print the verdict; ask for a rating only if nothing was typed to flip."""
        del view
        for line in self._verdict(judged):
            self._print(line)
        if self._rating:
            return Rated(self._rating)
        flipped = judged.verdict.outcome is Outcome.UNJUDGED and not judged.response
        if self._interactive and flipped:
            return self._ask_rating(judged.suggested)
        return Rated(judged.suggested)

    def recorded(self, done: Done, view: View) -> None:
        """Print the one line of a finished card. It is on disk by now."""
        del view
        interval = interval_at_rating(
            done.memory, self._settings.rollover, self._language
        )
        rating = rating_text(done.review.rating, self._language)
        self._say("recorded", rating=rating, interval=interval)

    def taken_back(self, entry: Entry | None) -> None:
        """Print what was taken back."""
        self._print(taken_back_text(entry, self._language))

    def _heading(self, card: Card, view: View) -> str:
        left = view.left
        counts = {"new": left.new, "learning": left.learning, "due": left.review}
        title = self._titles[card.id.partition("/")[0]]
        number = view.done + 1
        return self._worded("heading", number=number, title=title, **counts)

    def _verdict(self, judged: Judged) -> Iterator[str]:
        card, verdict = judged.card, judged.verdict
        if verdict.outcome is not Outcome.UNJUDGED:
            word, remarks = judgement(verdict, judged.response, self._language)
            yield from (word, *remarks)
        answer = card.content.sides(self._language)[1]
        for name, text in (("answer", answer), *details(card, self._language)):
            yield labelled_text(name, text, self._language)

    def _ask_rating(self, suggested: Rating) -> Rated | Undo | Quit:
        while True:
            line = self._read("rate", suggested=suggested.value)
            if isinstance(line, Undo | Quit):
                return line
            choice = line.strip().lstrip("=＝")
            if choice in {"1", "2", "3", "4", "１", "２", "３", "４"}:
                return Rated(Rating(int(choice)))
            if not choice:
                return Rated(suggested)

    def _read(self, key: str, **values: object) -> str | Undo | Quit:
        self._out.write(self._worded(key, **values) + " ")
        self._out.flush()
        line = self._answers.readline()
        if not self._interactive:
            self._print()
        if not line:
            return Quit()
        word = line.strip()
        if word in {":q", "：q", ":quit"}:
            return Quit()
        if word in {":u", "：u", ":undo"}:
            return Undo()
        return line.rstrip("\r\n")

    def _say(self, key: str, **values: object) -> None:
        self._print(self._worded(key, **values))

    def _worded(self, key: str, **values: object) -> str:
        return say(self._language, f"lines.{key}", **values)

    def _print(self, line: str = "") -> None:
        self._out.write(clean(line) + "\n")
        self._out.flush()


def _response(prompt: Prompt, typed: str) -> str:
    """Return what was typed, or what its numbers stand for."""
    if prompt.input is Input.CHOICE:
        number = unicodedata.normalize("NFKC", typed).strip()
        return _value(prompt, number) or typed
    if prompt.input is Input.ORDER:
        digits = [str(int(digit)) for digit in re.findall(r"\d", typed)]
        return " ".join(_value(prompt, digit) or "0" for digit in digits)
    return typed


def _value(prompt: Prompt, number: str) -> str | None:
    """Return what the choice with a number, from 1, stands for."""
    if not re.fullmatch(r"[1-9]", number) or int(number) > len(prompt.choices):
        return None
    return prompt.choices[int(number) - 1].value
