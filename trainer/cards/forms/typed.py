"""`type`: the learner types the answer, and it is judged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from trainer.cards.card import Context, Flaw, Input, Kind, Prompt
from trainer.cards.fields import author
from trainer.cards.shapes import ListShape, StringShape, TextShape
from trainer.grading.verdict import Verdict
from trainer.language.text import Language, Text, message


@dataclass(frozen=True, slots=True)
class Typed:
    """A command, a flag or a short answer, typed out."""

    context: Context
    ask: Text = author(TextShape(), "The question; for a command, a situation.")
    answer: Text = author(TextShape(), "The answer the learner should type.")
    accept: tuple[str, ...] = author(
        ListShape(StringShape(limit=500)),
        "Other right answers, only those that the grammar cannot derive.",
        default=(),
    )
    command: str | None = author(
        StringShape(limit=200),
        "For a flag: the command in whose context it is judged.",
        default=None,
    )

    def deal(self, seed: str) -> Self:
        """Return it unchanged: nothing is shuffled."""
        del seed
        return self

    def prompt(self, language: Language) -> Prompt:
        """Return the question."""
        wanted = Input.LINE if self.context.kind is Kind.CONCEPT else Input.COMMAND
        return Prompt(self.ask.in_language(language), wanted)

    def grade(self, response: str) -> Verdict:
        """Judge the response against all accepted answers."""
        return self.judge(self._expected(), response)

    def judge(self, expected: Sequence[str], response: str) -> Verdict:
        """Judge a command by its effect, a flag in its command, the rest by words."""
        from trainer.grading import answers  # noqa: PLC0415 - no question waits for the judge

        if self.context.kind is Kind.COMMAND:
            return answers.grade_command(expected, response, self.context.rules())
        if self.context.kind is Kind.FLAG:
            rules, command = self.context.rules(), self.command or ""
            return answers.grade_flag(expected, response, command, rules)
        question = " ".join(self.ask.in_language(language) for language in Language)
        return answers.grade_wording(expected, response, question)

    def hints(self, language: Language) -> tuple[str, ...]:
        """Return hints that tell more and more."""
        from trainer.grading import hints  # noqa: PLC0415 - rarely asked for
        from trainer.grading.grammar import no_grammar  # noqa: PLC0415 - as above

        answer = self.answer.in_language(language)
        rules = self.context.rules() or no_grammar()
        if self.context.kind is Kind.COMMAND:
            return hints.command_hints(answer, rules)
        if self.context.kind is Kind.FLAG:
            return (hints.flag_hint(answer, self.command or "", rules),)
        return (hints.word_hint(answer),)

    def sides(self, language: Language) -> tuple[str, str]:
        """Return question and answer."""
        return self.ask.in_language(language), self.answer.in_language(language)

    def texts(self) -> Iterator[tuple[str, Text]]:
        """Yield the texts."""
        yield "ask", self.ask
        yield "answer", self.answer

    def problems(self) -> Iterator[Flaw]:
        """Yield what is wrong with the fields taken together."""
        is_flag = self.context.kind is Kind.FLAG
        if is_flag and self.command is None:
            yield Flaw("command", message("problems.flag-without-command"))
        if not is_flag and self.command is not None:
            yield Flaw("command", message("problems.command-without-flag"))
        if self.context.kind is not Kind.CONCEPT and not self.answer.is_same:
            yield Flaw("answer", message("problems.answer-by-language"))

    def _expected(self) -> list[str]:
        written = [self.answer.in_language(language) for language in Language]
        return list(dict.fromkeys([*written, *self.accept]))
