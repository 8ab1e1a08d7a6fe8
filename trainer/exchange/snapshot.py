"""What an exporter is given: cards, log and memory at one moment."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from trainer.cards.card import CardId, Deck
from trainer.scheduling.marks import Mark
from trainer.scheduling.memory import Memory
from trainer.scheduling.parameters import Fit
from trainer.scheduling.review import Retraction, Review
from trainer.study.quiz.record import QuizAnswer, QuizBegun


@dataclass(frozen=True, slots=True)
class _OfCards:
    """The reviews of some cards, as they are gone through."""

    reviews: Iterable[Review]
    chosen: frozenset[CardId]

    def __iter__(self) -> Iterator[Review]:
        return (one for one in self.reviews if one.card in self.chosen)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything there is, or decks alone.

    `retracted` reviews were taken back by `retractions`. `marks` are all of them; those
    of kind `undo` take others back. The parameters of the last of the `fits` are in
    force; without one the defaults are. The `reviews` may be read only as they are gone
    through, since a long log does not fit into memory.
    """

    decks: Sequence[Deck] = ()
    reviews: Iterable[Review] = ()
    retracted: Sequence[Review] = ()
    retractions: Sequence[Retraction] = ()
    marks: Sequence[Mark] = ()
    fits: Sequence[Fit] = ()
    memories: Mapping[CardId, Memory] = field(default_factory=dict)
    quizzes: Sequence[QuizBegun] = ()
    quiz_answers: Sequence[QuizAnswer] = ()

    def of_cards(self, chosen: frozenset[CardId]) -> "Snapshot":
        """Return what it holds of some cards, without decks that have none of them."""
        decks = [
            deck._replace(cards=tuple(one for one in deck.cards if one.id in chosen))
            for deck in self.decks
        ]
        retracted = [one for one in self.retracted if one.card in chosen]
        taken_back = {one.id for one in retracted}
        answers = [one for one in self.quiz_answers if one.card in chosen]
        quizzes = {one.quiz for one in answers}
        return Snapshot(
            [deck for deck in decks if deck.cards],
            _OfCards(self.reviews, chosen),
            retracted,
            [one for one in self.retractions if one.review in taken_back],
            [one for one in self.marks if one.card in chosen],
            self.fits,
            {card: known for card, known in self.memories.items() if card in chosen},
            [one for one in self.quizzes if one.id in quizzes],
            answers,
        )
