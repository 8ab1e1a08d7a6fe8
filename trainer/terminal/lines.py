"""Line mode: for pipes and screen readers. One answer a line, nothing redrawn."""

import re
from collections.abc import Iterator
from typing import TextIO

from trainer.cards.card import Card, Input, Prompt
from trainer.grading.verdict import Outcome
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.scheduling.marks import Entry, Mark
from trainer.scheduling.review import Rating
from trainer.study.loop import Answered, Edited, Rated, Wish
from trainer.study.session import Asking, Done, Judged, Session
from trainer.study.view import View
from trainer.terminal.desk import Desk
from trainer.terminal.interval import interval_at_rating
from trainer.terminal.look import Look
from trainer.terminal.page import Seen, suggestion
from trainer.terminal.typed import narrowed, taken
from trainer.terminal.words import (
    details,
    judgement,
    labelled_text,
    leech_text,
    mark_text,
    rating_text,
    taken_back_text,
)

INVITATIONS = {
    Input.COMMAND: "type-command",
    Input.LINE: "type-words",
    Input.FLIP: "flip",
    Input.CHOICE: "choose",
    Input.ORDER: "put-in-order",
}
UNCLEAR = {Input.CHOICE: "no-such-choice", Input.ORDER: "no-such-order"}
_RATING = re.compile(r"(?:^|\s)[=＝]([1-4１-４])\s*$")
_WISHES = {
    "u": Wish.UNDO,
    "undo": Wish.UNDO,
    "s": Wish.SKIP,
    "b": Wish.BURY,
    "!": Wish.SUSPEND,
    "f": Wish.FLAG,
    "q": Wish.QUIT,
    "quit": Wish.QUIT,
}
_KNOWN = frozenset({*_WISHES, "h", "o"})


class LineLearner:
    """Reads answers from a stream, a line each, and writes labelled lines.

    A line that ends in ` =1` … ` =4` rates its own answer; else the suggested
    rating is taken, or asked for where someone sits there. Lines that begin with a
    colon are wishes: `:u` takes the last answer back, `:q` leaves, `:?` tells all.
    """

    def __init__(
        self,
        answers: TextIO,
        out: TextIO,
        look: Look,
        desk: Desk,
        *,
        interactive: bool,
        hints: bool = True,
    ) -> None:
        self._answers = answers
        self._out = out
        self._look = look
        self._language = look.language
        self._desk = desk
        self._interactive = interactive
        self._no_more = "no-hint" if hints else "hints-off"
        self._offers_hints = hints
        self._rating: Rating | None = None

    def ask(self, asking: Asking, view: View) -> Answered | Edited | Wish:
        """Print a question and read a line."""
        prompt = asking.card.content.prompt(self._language)
        self._print()
        self._print(self._heading(asking.card, view))
        self._print(labelled_text("question", prompt.question, self._language))
        for number, choice in enumerate(prompt.choices, 1):
            self._say("choice", number=number, text=choice.text)
        return self._answered(prompt, self._hints(asking.card))

    def _answered(self, prompt: Prompt, hints: Iterator[str]) -> Answered | Wish:
        """Read lines until one of them answers."""
        seen = 0
        while True:
            line = self._read(INVITATIONS[prompt.input])
            if isinstance(line, Wish):
                return line
            if _wish_word(line) == "h":
                seen += self._hint(hints)
                continue
            found = _RATING.search(line)
            self._rating = Rating(int(found[1])) if found else None
            typed = line[: found.start()] if found else line
            response = response_of(prompt, taken(typed))
            if response is not None:
                return Answered(response, seen)
            self._say(UNCLEAR[prompt.input], count=len(prompt.choices))

    def _hint(self, hints: Iterator[str]) -> bool:
        """Print the next hint, if there is one."""
        hint = next(hints, None)
        if hint is None:
            self._say(self._no_more)
        else:
            self._print(self._look.drawn(hint))
        return hint is not None

    def judge(self, judged: Judged, view: View) -> Rated | Edited | Wish:
        """Print the verdict; where someone sits there, ask for the rating."""
        del view
        for line in self._verdict(judged):
            self._print(line)
        if self._rating:
            return Rated(self._rating)
        if self._interactive:
            return self._ask_rating(judged)
        return Rated(judged.suggested())

    def finish(self, session: Session, view: View) -> Wish:
        """Leave: the summary is printed when the sitting has ended."""
        del session, view
        return Wish.QUIT

    def recorded(self, done: Done, view: View) -> None:
        """Print the one line of a finished card. It is on disk by now."""
        del view
        rating = rating_text(done.review.rating, self._language)
        if done.memory is None or not done.review.mode.schedules:
            self._print(rating)
            return
        rollover = self._look.rollover
        interval = interval_at_rating(done.memory, rollover, self._language)
        sign = self._look.signs.leads_to
        self._say("recorded", rating=rating, sign=sign, interval=interval)
        if done.is_leech:
            self._print(leech_text(done, "lines", self._language))

    def marked(self, mark: Mark) -> None:
        """Print what was decided about a card."""
        what = mark_text(mark, self._language)
        self._say("marked", card=mark.card, what=what)

    def taken_back(self, entry: Entry | None) -> None:
        """Print what was taken back."""
        self._print(taken_back_text(entry, self._language))

    def _hints(self, card: Card) -> Iterator[str]:
        """Yield hints; to find them the grammar is loaded, which no question needs."""
        if self._offers_hints:
            yield from card.content.hints(self._language)

    def _heading(self, card: Card, view: View) -> str:
        left = view.left
        counts = {"new": left.new, "learning": left.learning, "due": left.review}
        title, number = self._desk.title(card.id), view.done + 1
        return self._worded("heading", number=number, title=title, **counts)

    def _verdict(self, judged: Judged) -> Iterator[str]:
        card, verdict = judged.card, judged.verdict
        if verdict.outcome is not Outcome.UNJUDGED:
            word, remarks = judgement(verdict, judged.response, self._language)
            yield from (word, *remarks)
        answer = card.content.sides(self._language)[1]
        for name, text in (("answer", answer), *details(card, self._language)):
            yield labelled_text(name, text, self._language)

    def _ask_rating(self, judged: Judged) -> Rated | Wish:
        can_overrule = judged.verdict.outcome is not Outcome.UNJUDGED
        overruled, ratings = False, self._look.ratings
        while True:
            suggested = suggestion(judged, Seen(overruled=overruled), self._look)
            number = ratings.index(suggested) + 1
            line = self._read(f"rate-{len(ratings)}", suggested=number)
            if isinstance(line, Wish):
                return line
            choice = narrowed(line).lstrip("=")
            if re.fullmatch("[1-9]", choice) and int(choice) <= len(ratings):
                return Rated(ratings[int(choice) - 1], overruled)
            if not choice:
                return Rated(suggested, overruled)
            if _wish_word(line) == "o" and can_overrule:
                overruled = not overruled

    def _read(self, key: str, **values: object) -> str | Wish:
        """Read a line; a wish is returned as such, and help is printed at once."""
        while True:
            self._out.write(self._worded(key, **values) + " ")
            self._out.flush()
            self._desk.tidy()
            line = self._answers.readline()
            if not self._interactive:
                self._print()
            if not line:
                return Wish.QUIT
            word = _wish_word(line)
            if word == "?" or (len(word) == 1 and word not in _KNOWN):
                self._say("help")
                continue
            return _WISHES.get(word, line.rstrip("\r\n"))

    def _say(self, key: str, **values: object) -> None:
        self._print(self._worded(key, **values))

    def _worded(self, key: str, **values: object) -> str:
        return say(self._language, f"lines.{key}", **values)

    def _print(self, text: str = "") -> None:
        self._out.write(clean(text) + "\n")
        self._out.flush()


def _wish_word(line: str) -> str:
    """Return what stands behind the colon of a line that is a wish."""
    text = narrowed(line)
    return text[1:] if text.startswith(":") and len(text) > 1 else ""


def response_of(prompt: Prompt, typed: str) -> str | None:
    """Return what was typed, or what its numbers stand for.

    Numbers that stand for nothing are no answer; an empty line is one: not known.
    """
    if prompt.input not in UNCLEAR or not typed.strip():
        return typed
    if prompt.input is Input.CHOICE:
        named = (one.value for one in prompt.choices if typed.strip() in one)
        return _value(prompt, narrowed(typed)) or next(named, None)
    digits = (str(int(digit)) for digit in re.findall(r"\d", typed))
    places = [_value(prompt, digit) or "" for digit in digits]
    is_whole = sorted(places) == sorted(one.value for one in prompt.choices)
    return " ".join(places) if is_whole else None


def _value(prompt: Prompt, number: str) -> str | None:
    """Return what the choice with a number, from 1, stands for."""
    if not re.fullmatch(r"[1-9]", number) or int(number) > len(prompt.choices):
        return None
    return prompt.choices[int(number) - 1].value
