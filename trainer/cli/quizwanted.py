"""What is asked for of a quiz, as its command line says it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from shlex import join

from trainer.cli.selection import Selection
from trainer.study.quiz.question import Form
from trainer.study.quiz.record import CONFUSIONS, RETRY, QuizMode
from trainer.study.quiz.selection import CardState

USUAL_COUNT = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for of a quiz."""

    selection: Selection = field(default_factory=Selection)
    forms: Sequence[Form] = ()
    states: Sequence[CardState] = ()
    mode: QuizMode = QuizMode.PRACTICE
    count: int | None = None
    seed: str = ""
    time_limit: str = ""
    pass_mark: int = 0
    retry: bool = False
    confused: bool = False
    print_to: str = ""
    force: bool = False
    as_json: bool = False

    @property
    def chooses_cards(self) -> bool:
        """Whether cards are chosen by what they are."""
        return not self.selection.is_everything or bool(self.forms or self.states)

    def words(self) -> str:
        """Return it as it would stand on a command line, without the seed."""
        chosen = self.selection
        words = [*chosen.topics]
        for name, values in (
            ("--kind", chosen.kinds),
            ("--form", self.forms),
            ("--tag", chosen.tags),
            ("--section", chosen.sections),
            ("--state", self.states),
        ):
            words += [word for value in values for word in (name, str(value))]
        words += ["--count", str(self.count)] if self.count else []
        words += [RETRY] if self.retry else []
        words += [CONFUSIONS] if self.confused else []
        return join(words)
