"""A new card, asked for field by field."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import questionary

from trainer.cards.card import Kind
from trainer.cards.forms import DEFAULT_FORM, FORMS
from trainer.cards.shapes import NAME, Json, LinesShape
from trainer.cards.writing import suggested_id
from trainer.language.catalogue import say
from trainer.language.text import Language
from trainer.terminal.menus import cancellable, choose
from trainer.terminal.steady import color_depth

_FEWEST_STEPS = 3
_LINES = LinesShape().schema()["anyOf"][0]["pattern"]

Check = Callable[[str], bool | str]


@dataclass(frozen=True, slots=True)
class Wizard:
    """Asks for a card on the terminal; `taken` are the ids that its deck has."""

    language: Language
    taken: Iterable[str]
    color: bool

    def ask_card(self) -> dict[str, Json]:
        """Return the fields of a card. Raises `CancelledError` on Ctrl-C and Ctrl-D."""
        with cancellable():
            return self._card()

    def _card(self) -> dict[str, Json]:
        kind = Kind(self._choice("kind", list(Kind)))
        usual = DEFAULT_FORM[kind]
        form = self._choice("form", sorted(FORMS, key=lambda name: name != usual))
        fields: dict[str, Json] = {"kind": kind.value}
        if form != usual:
            fields["form"] = form
        if kind is Kind.FLAG and form == "type":
            fields["command"] = self._needed_text("command")
        fields["ask"] = self._by_language(f"ask-{form}" if form == "cloze" else "ask")
        is_bilingual = len(fields["ask"]) > 1
        fields |= self._answers(kind, form, is_bilingual=is_bilingual)
        fields |= self._background(is_bilingual=is_bilingual)
        proposal = suggested_id(fields, self.taken)
        return {"id": self._text("id", self._is_new_id, proposal), **fields}

    def _answers(
        self, kind: Kind, form: str, *, is_bilingual: bool
    ) -> Iterator[tuple[str, Json]]:
        """Yield the fields that differ from form to form."""
        in_words = is_bilingual and (kind is Kind.CONCEPT or form == "order")
        if form in {"type", "recall", "choose"}:
            yield (
                "answer",
                self._by_language("answer") if in_words else self._text("answer"),
            )
        if form == "type" and (accept := list(self._several("accept"))):
            yield "accept", accept
        if form == "choose":
            yield "wrong", list(self._several("wrong", least=1, in_words=in_words))
        if form == "order":
            yield (
                "steps",
                list(self._several("step", least=_FEWEST_STEPS, in_words=in_words)),
            )

    def _background(self, *, is_bilingual: bool) -> Iterator[tuple[str, Json]]:
        """Yield the fields that any card may have."""
        if why := self._by_language("why", needed=False, is_bilingual=is_bilingual):
            yield "why", why
        if section := self._text("section", self._is_name_or_blank):
            lines = self._text("lines", self._is_lines_or_blank)
            yield "source", {"section": section, **({"lines": lines} if lines else {})}
        if tags := self._text("tags", self._are_names).split():
            yield "tags", tags

    def _several(
        self, name: str, *, least: int = 0, in_words: bool = False
    ) -> Iterator[Json]:
        """Yield texts until one is left empty; at least so many are needed."""
        count = 0
        while True:
            is_needed = count < least
            if in_words:
                text: Json = self._by_language(name, needed=is_needed, number=count + 1)
            else:
                check = self._is_something if is_needed else _anything
                text = self._text(name, check, number=count + 1)
            if not text:
                return
            yield text
            count += 1

    def _by_language(
        self,
        name: str,
        *,
        needed: bool = True,
        is_bilingual: bool = True,
        number: int = 1,
    ) -> dict[str, str]:
        """Ask in the learner's language, then in the other one unless that is left."""
        check = self._is_something if needed else _anything
        first = self._text(name, check, number=number, language=self.language)
        second = self._in_other(name, number) if first and is_bilingual else ""
        written = {self.language: first, self._other: second}
        return {one.value: written[one] for one in Language if written[one]}

    def _in_other(self, name: str, number: int) -> str:
        """Ask in the other language until there is a text, or it is left out."""
        names = {"own": self._say(self.language), "other": self._say(self._other)}
        offers = [(self._say(f"one-language-{one}"), one) for one in ("no", "yes")]
        told = self._say("one-language", **names)
        while not (text := self._text(name, number=number, language=self._other)):
            if choose(told, offers, self.language, color=self.color) == "yes":
                break
        return text

    @property
    def _other(self) -> Language:
        return next(one for one in Language if one is not self.language)

    def _needed_text(self, name: str) -> str:
        return self._text(name, self._is_something)

    def _text(
        self,
        name: str,
        check: Check | None = None,
        proposal: str = "",
        *,
        number: int = 1,
        language: Language | None = None,
    ) -> str:
        label = self._say(name, number=number)
        if language:
            label = self._say("in-language", label=label, name=self._say(language))
        question = questionary.text(
            label,
            proposal,
            validate=check or _anything,
            color_depth=color_depth(color=self.color),
        )
        return str(question.unsafe_ask()).strip()

    def _choice(self, name: str, names: Iterable[str]) -> str:
        offers = [(f"{one} - {self._say(f'{name}-{one}')}", one) for one in names]
        return choose(self._say(name), offers, self.language, color=self.color)

    def _say(self, key: str, **values: object) -> str:
        return say(self.language, f"wizard.{key}", **values)

    def _is_something(self, text: str) -> bool | str:
        return bool(text.strip()) or self._say("needed")

    def _is_new_id(self, text: str) -> bool | str:
        if text in self.taken:
            return self._say("id-taken")
        return bool(re.fullmatch(NAME, text)) or self._say("bad-name")

    def _is_name_or_blank(self, text: str) -> bool | str:
        return self._are_names(text) if len(text.split()) < 2 else self._say("bad-name")  # noqa: PLR2004 - one name

    def _are_names(self, text: str) -> bool | str:
        are = all(re.fullmatch(NAME, one) for one in text.split())
        return are or self._say("bad-name")

    def _is_lines_or_blank(self, text: str) -> bool | str:
        return not text or bool(re.fullmatch(_LINES, text)) or self._say("bad-lines")


def _anything(_: str) -> bool:
    return True
