"""Each answer of the shipped decks is a line that the real client reads."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.client import DOCKER, refusal
from tests.decks import SHIPPED
from trainer.cards.card import Card, Kind
from trainer.cards.forms.typed import Typed
from trainer.cards.reading import read_deck
from trainer.grading.shell import SIGNS, Script, read_script

REFUSED = (
    *("unknown flag", "unknown shorthand flag", "invalid argument"),
    *("is not a docker command", "unknown command"),
)
INCOMPLETE = ("requires", "accepts", "flag needs an argument")
"""What the client says of a line that lacks something, as flags alone do."""
SINCE_29 = frozenset({"--no-pause"})
"""Options that an older client does not know."""
NOT_HERE = ("docker buildx", "docker compose", "docker builder build", "docker init")
"""What needs a plugin that need not be there."""

pytestmark = pytest.mark.skipif(DOCKER is None, reason="no docker client here")


def typed_cards() -> Iterator[tuple[Card, Typed]]:
    """Yield the cards as they are looked at, and so often dealt that values change."""
    for path in SHIPPED:
        deck = read_deck(path.read_bytes(), path.name).deck
        assert deck is not None
        for card in deck.cards:
            dealt = [card.deal(number) for number in range(3)] if card.template else []
            for one in (card, *dealt):
                if isinstance(one.content, Typed) and one.kind is not Kind.CONCEPT:
                    yield one, one.content


def lines_of(content: Typed) -> Iterator[str]:
    for answer in (content.answer.en or "", *content.accept):
        is_part = content.command and not answer.startswith("docker ")
        yield f"{content.command} {answer}" if is_part else answer


def docker_words(script: Script) -> Iterator[list[str]]:
    """Yield what docker is called with, in pipes and substitutions too."""
    for pipeline in script.pipelines:
        for simple in pipeline:
            words = [word.text for word in simple.words]
            while words and words[0] in {"sudo", "exec"}:
                words = words[1:]
            if words[:1] == ["docker"]:
                yield [SIGNS.sub("x", word) for word in words[1:]]
    for inner in script.substitutions:
        yield from docker_words(inner)


def test_the_client_reads_every_answer_of_the_shipped_decks(tmp_path: Path) -> None:
    lines = {
        (line, card.kind): card
        for card, content in typed_cards()
        for line in lines_of(content)
    }
    calls = [
        (card, line, words)
        for (line, _), card in lines.items()
        if not line.startswith(NOT_HERE) and SINCE_29.isdisjoint(line.split())
        for words in docker_words(read_script(line, holes=True))
    ]

    def refused(call: tuple[Card, str, list[str]]) -> str | None:
        card, line, words = call
        _, said = refusal(words, tmp_path)
        signs = REFUSED if card.kind is Kind.FLAG else (*REFUSED, *INCOMPLETE)
        found = [text for text in said.splitlines() if any(s in text for s in signs)]
        return f"{card.id}: {line}: {found[0]}" if found else None

    with ThreadPoolExecutor(4) as pool:
        assert [one for one in pool.map(refused, calls) if one] == []
    assert len(calls) > 350
