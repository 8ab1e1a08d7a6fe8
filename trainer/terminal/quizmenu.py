"""What a quiz is to be, asked for in menus."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trainer.cards.card import Kind
from trainer.language.catalogue import say
from trainer.language.text import Language
from trainer.study.quiz.record import QuizMode
from trainer.terminal.menus import cancellable, choose

_LENGTHS = (10, 20, 40)
_ALL = "all"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen: no topic or kind is any."""

    topics: tuple[str, ...]
    kinds: tuple[Kind, ...]
    count: int
    mode: QuizMode


@dataclass(frozen=True, slots=True)
class QuizMenu:
    """Asks on the terminal what a quiz is to be; `titles` are those of the decks."""

    language: Language
    titles: Mapping[str, str]
    color: bool

    def ask(self) -> Chosen:
        """Return what was chosen. Raises `CancelledError` on Ctrl-C and Ctrl-D."""
        with cancellable():
            return self._chosen()

    def _chosen(self) -> Chosen:
        topics = [(title, name) for name, title in self.titles.items()]
        topic = self._choice("topic", [(self._say("all-topics"), _ALL), *topics])
        kinds = [(self._say(f"kind-{kind}"), kind.value) for kind in Kind]
        kind = self._choice("kind", [(self._say("all-kinds"), _ALL), *kinds])
        lengths = [(self._say("length", n=n), str(n)) for n in _LENGTHS]
        count = self._choice("count", lengths)
        modes = [
            (f"{self._say(f'mode-{mode}')} - {self._say(f'about-{mode}')}", mode.value)
            for mode in QuizMode
        ]
        mode = self._choice("mode", modes)
        return Chosen(
            topics=() if topic == _ALL else (topic,),
            kinds=() if kind == _ALL else (Kind(kind),),
            count=int(count),
            mode=QuizMode(mode),
        )

    def _choice(self, name: str, offers: Sequence[tuple[str, str]]) -> str:
        question = self._say(f"menu-{name}")
        return choose(question, offers, self.language, color=self.color)

    def _say(self, key: str, **values: object) -> str:
        return say(self.language, f"quiz.{key}", **values)
