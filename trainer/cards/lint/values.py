"""Rules about values that change: each one makes a sound card."""

from collections.abc import Callable, Iterator
from itertools import combinations

from trainer.cards.card import Card, Flaw, Template
from trainer.cards.problem import Severity
from trainer.cards.values import markers, other_values
from trainer.language.text import message

Rules = Callable[[Card], Iterator[Flaw]]


def stray_marker(card: Card) -> Iterator[Flaw]:
    """Yield what looks like a marker in a card without values."""
    if card.template:
        return
    fields = Template(card.content, card.why, ()).fields()
    found = [(field, name) for field, text in fields for name in markers(text)]
    for field, name in dict.fromkeys(found):
        yield Flaw(field, message("problems.stray-marker", name=name), Severity.WARNING)


def shared_value(card: Card) -> Iterator[Flaw]:
    """Yield values that two names of a card may have at the same time."""
    variables = card.template.variables if card.template else ()
    for one, other in combinations(variables, 2):
        common = {*map(str, one.values)} & {*map(str, other.values)}
        if common:
            names = {"name": one.name, "other": other.name, "value": min(common)}
            said = message("problems.shared-value", **names)
            yield Flaw("vars", said, Severity.WARNING)


def each_value(card: Card, rules: Rules) -> Iterator[Flaw]:
    """Yield what is wrong with a card by `rules`, and what only some value brings.

    Each value is tried once, with the first ones of the other names.
    """
    found = list(rules(card))
    yield from found
    if card.template is None:
        return
    known = {_mistake(one) for one in (*found, *card.content.problems())}
    for name, values in other_values(card.template.variables):
        content, why = card.template.filled(values)
        other = card._replace(content=content, why=why)
        for flaw in (*other.content.problems(), *rules(other)):
            if _mistake(flaw) not in known:
                known.add(_mistake(flaw))
                named = {"name": name, "value": values[name], "said": flaw.message}
                said = message("problems.with-value", **named)
                yield Flaw(flaw.field, said, flaw.severity)


def _mistake(flaw: Flaw) -> tuple[str, str]:
    return flaw.field, flaw.message.key
