"""Cards of every form, and pages made of them."""

from datetime import UTC, datetime

from trainer.cards.card import Deck
from trainer.cards.reading import read_deck
from trainer.exchange import EXPORTERS
from trainer.exchange.exporter import Wanted
from trainer.exchange.snapshot import Snapshot
from trainer.language.text import Language

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)

SHIPS = """
deck: ships
title: {en: Ships & boats, zh: 船只}
grammar: docker
cards:
- id: keel
  kind: concept
  ask: {en: What is a keel?, zh: 什么是龙骨？}
  answer:
    en: "The beam along the bottom, see `keel(7)`."
    zh: "船底的纵梁，见 `keel(7)`。"
  why: {en: It carries the ribs., zh: 肋骨装在它上面。}
  source: {section: hulls, lines: 3-4}
- id: list-all
  kind: command
  ask: {en: List all containers., zh: 列出所有容器。}
  answer: docker ps --all
- id: copy-out
  kind: command
  ask: {en: Copy the log out of a container., zh: 从容器里复制出日志。}
  answer: docker cp <container>:/var/log/a.log .
- id: sail
  kind: concept
  form: choose
  ask: {en: Which sail is on the bow?, zh: 哪张帆在船头？}
  answer: {en: The jib, zh: 三角帆}
  wrong: [{en: The spanker, zh: 后帆}, {en: The topsail, zh: 上帆}]
- id: cast-off
  kind: concept
  form: order
  ask: {en: Leave the harbour., zh: 离开港口。}
  steps:
  - {en: Start the engine, zh: 发动}
  - {en: Cast off, zh: 解缆}
  - {en: Steer out, zh: 驶出}
- id: knot
  kind: concept
  form: cloze
  ask:
    en: "Tie a [[bowline|bow line]] and a [[hitch]]."
    zh: "打一个[[称人结]]和一个[[半结]]。"
- id: directory
  kind: flag
  form: cloze
  ask: {en: "`tar` changes its folder with [[-C]].", zh: "`tar` 用 [[-C]] 切换目录。"}
"""

HOSTILE = """
deck: hostile
title: "<b>Not bold</b>"
cards:
- id: script
  kind: concept
  ask: |-
    <script>document.title = 'caught'</script>
    and `</script><img src=x onerror=alert(1)>`
  answer: "]]> --> </details> <b>&amp;</b> \\" onclick=x"
- id: typed
  kind: concept
  form: type
  ask: Type the tag that ends a script.
  answer: "</script>"
- id: values
  kind: command
  vars: {port: [8080, 9090]}
  ask: Publish port @port@.
  answer: docker run -p @port@:80 nginx
"""

BOTH = (Language.EN, Language.ZH)


def decks(*texts: str) -> list[Deck]:
    """Read decks that have no mistakes."""
    readings = [read_deck(text.encode(), "deck.yaml") for text in texts]
    assert [one.problems for one in readings] == [()] * len(texts)
    return [one.deck for one in readings if one.deck]


def page(
    name: str,
    shown: list[Deck],
    languages: tuple[Language, ...] = BOTH,
    style: str = "",
) -> str:
    """Return cards as a page."""
    snapshot = Snapshot(shown)
    variant = style or EXPORTERS[name].variants[0]
    return str(EXPORTERS[name].write(snapshot, Wanted(NOW, languages, variant)))
