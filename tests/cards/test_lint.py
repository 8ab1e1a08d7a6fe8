"""What lint says of cards: rows of a card and what is said of it."""

from collections.abc import Callable, Mapping
from sys import setprofile

import pytest

from trainer.cards.card import CardId
from trainer.cards.collection import DeckReading, collect
from trainer.cards.lint import lint_card, lint_together
from trainer.cards.lint.shelf import shelve
from trainer.cards.problem import Severity
from trainer.cards.reading import read_deck
from trainer.language.text import Language

HEAD = "title: T\ngrammar: docker\ncards:\n"
RECALL = "kind: concept, "
CHOOSE = "kind: concept, form: choose, "
CLOZE = "kind: concept, form: cloze, "
COMMAND = "kind: command, "
RUN_FLAG = "kind: flag, command: docker run, "


def lint(*cards: str, language: Language = Language.EN) -> list[str]:
    """Return what lint says of cards of one deck, each with its line."""
    listed = "".join(f"- {{id: c{at}, {one}}}\n" for at, one in enumerate(cards))
    return lint_files({"d.yaml": f"deck: d\n{HEAD}{listed}"}, language)


def lint_files(files: Mapping[str, str], language: Language = Language.EN) -> list[str]:
    """Return what lint says of whole files."""
    readings = {
        path: read_deck(text.encode(), path, check=lint_card)
        for path, text in files.items()
    }
    problems = collect(lint_together(readings)).problems
    return [one.in_language(language) for one in problems]


def test_a_plain_card_is_clean() -> None:
    assert lint(RECALL + "ask: What is it?, answer: A thing.") == []


@pytest.mark.parametrize(
    ("card", "answer"),
    [
        (RECALL + "ask: What is a bind mount?, answer: A bind mount.", "A bind mount."),
        (
            RECALL + "ask: {en: Q, zh: 容器的镜像是什么？}, answer: {en: A, zh: 镜像}",
            "镜像",
        ),
        (RECALL + "ask: 'Is the `Dockerfile` read?', answer: dockerfile", "dockerfile"),
        (
            COMMAND + "ask: 'Type `docker  ps -a`.', answer: docker ps -a",
            "docker ps -a",
        ),
        (RUN_FLAG + "ask: What is --rm called?, answer: --rm", "--rm"),
        (RUN_FLAG + "ask: '把 `--name` 写出来', answer: --name web", "--name"),
        (CHOOSE + "ask: Is it CMD?, answer: CMD, wrong: [RUN, ADD]", "CMD"),
        (CLOZE + "ask: 'An [[image]] is an image.'", "image"),
    ],
)
def test_a_question_that_gives_its_answer_away(card: str, answer: str) -> None:
    (found,) = lint(card)
    place = f"d.yaml:5:{card_column(card, 'ask')}"
    assert found == f"{place}: the question gives `{answer}` away; ask without it"


def card_column(card: str, field: str) -> int:
    return len("- {id: c0, ") + card.index(f"{field}:") + 1


@pytest.mark.parametrize(
    "card",
    [
        # part of another word, a path, an image's name
        RECALL + "ask: What are imagery and reimage?, answer: image",
        RECALL + "ask: 'What lies in `/var/lib`?', answer: '/var'",
        RECALL + "ask: 'Which tag has `nginx:latest`?', answer: latest",
        RECALL + "ask: {en: Q, zh: 分层存储是什么？}, answer: {en: A, zh: 层}",
        # what is given in the situation
        RUN_FLAG + "ask: Call it web., answer: --name web",
        COMMAND + "ask: Stop nginx., answer: docker stop nginx",
        COMMAND + "ask: Which command builds?, answer: docker build .",
        # another case is another thing
        RUN_FLAG + "ask: 'Not `-P`, but for one port?', answer: -p",
        CLOZE + "ask: 'The base comes from `[[FROM]]`.'",
        # another way to write the answer
        CLOZE + "ask: 'It comes from the first, `[[--from|from]]=0`.'",
        # contrasts and trifles
        CHOOSE + "ask: Does CMD or RUN come last?, answer: CMD, wrong: [RUN, ADD]",
        RECALL + "ask: Is there no way?, answer: 'No.'",
        "kind: concept, form: order, ask: Build and run., steps: [build, run, look]",
    ],
)
def test_an_answer_that_the_question_only_seems_to_contain(card: str) -> None:
    assert lint(card) == []


def test_a_long_answer_about_a_concept() -> None:
    fits = "x" * 176
    zh = "字" * 89
    assert lint(RECALL + f"ask: Q, answer: {fits}") == []
    (found,) = lint(RECALL + f"ask: Q, answer: {{en: A, zh: {zh}}}")
    assert found.startswith("d.yaml:5:35: the answer (`zh`) takes 178 columns; 176, ")
    assert lint("kind: concept, form: type, ask: Q, answer: " + fits + "x") == []
    assert len(lint(RECALL + 'ask: Q, answer: "a\\nb\\nc"')) == 1


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("ask", "an `open tick", "a backtick in this text (`en`) has no partner"),
        ("why", "一个 ` 反引号", "a backtick in this text (`zh`) has no partner"),
        ("ask", "镜像,容器", "`,` stands in a Chinese sentence"),
        ("ask", "镜像: nginx", "`:` stands in a Chinese sentence"),
        ("ask", "宿主机 (host)", "`(` stands in a Chinese sentence"),
        ("why", "“好”?还是 `a`?不好", "`?` stands in a Chinese sentence"),
        ("why", "叫 '镜像' 的", "`'` stands in a Chinese sentence"),
        ("ask", "{en: 'Stop，please', zh: 停}", "`，` stands in the English text"),
        ("why", "{en: The 镜像 is, zh: 镜像}", "`镜` stands in the English text"),
    ],
)
def test_how_a_text_is_written(field: str, text: str, said: str) -> None:
    written = text if text.startswith("{") else f'"{text}"'
    fields = {"ask": "Q", "answer": "A", field: written}
    (found,) = lint(RECALL + ", ".join(f"{k}: {v}" for k, v in fields.items()))
    assert said in found


@pytest.mark.parametrize(
    "text",
    [
        "用 `a, b` 和 Docker Hub，再见",
        "见 http://example.com/a?b=c,镜 吗？",
        "版本 1.2, 1.3 都行",
        "中文English混排",
        "“引号”、《书名》——好",
        "{en: “curly” quotes – and dashes…, zh: 好}",
        "{en: 'the character `镜`', zh: 好}",
        "{zh: 只有中文}",
    ],
)
def test_a_text_that_is_well_written(text: str) -> None:
    written = text if text.startswith("{") else f'"{text}"'
    found = lint(RECALL + f"ask: Q, answer: A, why: {written}")
    assert [one for one in found if "missing" not in one] == []


def test_commands_are_no_sentences() -> None:
    assert lint(COMMAND + "ask: Q, answer: 'echo 好,好 ` x'") == []


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ("answer: words, wrong: ['`a`', '`b`']", "all choices but the answer"),
        ("answer: '`a`', wrong: [words, more]", "the answer alone is in backticks"),
        (
            "answer: a very long answer that says all there is to say, wrong: [no, so]",
            "more than twice as long",
        ),
        ("answer: ENTRYPOINT, wrong: [CMD, RUN]", None),
        ("answer: words, wrong: ['`a`', more]", None),
    ],
)
def test_a_choice_that_stands_out(choices: str, said: str | None) -> None:
    found = lint(CHOOSE + f"ask: Q, {choices}")
    assert [said in one for one in found if said] == ([True] if said else [])
    assert bool(found) == bool(said)


@pytest.mark.parametrize(
    ("ask", "answer", "wrong", "is_right"),
    [
        ("Q", "`docker ps -a`", "`docker container ls --all`", True),
        ("Q", "docker ps -a", "docker ps -q", False),
        ("Of `docker run`, which?", "-d", "--detach", True),
        ("Of `docker run -it nginx`, which?", "-p 80:80", "--publish 80:80", True),
        ("Of `docker run`, which?", "-p", "-P", False),
        ("Of `docker run` and `docker ps`, which?", "-d", "--detach", False),
        ("Of `docker`, which?", "-d", "--detach", False),
        ("Of no command, which?", "-d", "--detach", False),
        ("Of `docker run`, which?", "-d", "detach", False),
        ("After ` ` in `docker run`, which?", "-d", "--detach", True),
        ("Q", "docker tag <one> <two>", "docker tag <two> <one>", False),
    ],
)
def test_a_wrong_choice_that_is_right(
    ask: str, answer: str, wrong: str, *, is_right: bool
) -> None:
    fields = f"ask: '{ask}', answer: '{answer}', wrong: ['{wrong}', --nope]"
    (found,) = [*lint(CHOOSE + fields.replace(", --nope", "")), ""][:1]
    assert ("does the same as the answer" in found) is is_right


def test_choices_without_a_grammar_are_left_alone() -> None:
    card = "{id: c, kind: command, form: choose, ask: Q, answer: docker ps, "
    text = f"deck: d\ntitle: T\ncards:\n- {card}wrong: [docker container ls]}}\n"
    assert lint_files({"d.yaml": text}) == []


def test_a_draft_is_not_finished() -> None:
    assert lint(RECALL + "ask: Q, answer: A, tags: [draft]") == [
        "d.yaml:5:46: a draft: complete it and drop the tag"
    ]


A, B = RECALL + "ask: Q, answer: A", RECALL + "ask: R, answer: B"


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("[c1]", "[c0]", []),
        ("[c0]", "[]", ["the card names itself"]),
        ("[c11]", "[]", ["there is no card `c11`, did you mean `c1`?"]),
        ("[e/c1]", "[]", ["there is no card `e/c1`, did you mean `c1`?"]),
        ("[zzz]", "[]", ["there is no card `zzz`; name one"]),
        ("[c1]", "[]", ["`c1` (d.yaml:6) does not name this card"]),
    ],
)
def test_siblings_exist_and_name_each_other(
    first: str, second: str, said: list[str]
) -> None:
    found = lint(f"{A}, sibling: {first}", f"{B}, sibling: {second}")
    assert len(found) == len(said)
    assert all(part in one for part, one in zip(said, found, strict=True))


def test_a_sibling_in_another_deck_names_this_card_with_its_deck() -> None:
    first = f"deck: a\n{HEAD}- {{id: c, {A}, sibling: [c]}}\n"
    second = f"deck: b\n{HEAD}- {{id: c, {B}, sibling: [a/c]}}\n"
    own, one_sided = lint_files({"a.yaml": first, "b.yaml": second})
    assert "names itself" in own
    assert "`a/c` (a.yaml:5) does not name this card" in one_sided


def test_a_sibling_with_a_mistake_of_its_own_is_not_called_missing() -> None:
    (found,) = lint(f"{A}, sibling: [c1]", f"{B}, anwser: B")
    assert "anwser" in found


@pytest.mark.parametrize(
    ("one", "other", "answers", "said"),
    [
        ("What is an image?", "What is an IMAGE", "AB", "the same"),
        ("{en: Q, zh: 镜像是什么？}", "{en: R, zh: 镜像 是什么}", "AB", "the same"),
        (
            "In which folder of the host does the daemon keep volumes",
            "In which folder of a host does the daemon keep its volumes",
            "AA",
            "nearly the same",
        ),
        ("What is save for?", "What is export for?", "AB", None),
        ("What does `-p` do for it?", "What does `-P` do for it?", "AB", None),
        (
            "用 shell 形式写一行命令来创建目录",
            "用 exec 形式写一行命令来创建目录",
            "AA",
            None,
        ),
    ],
)
def test_two_cards_that_ask_the_same(
    one: str, other: str, answers: str, said: str | None
) -> None:
    asks = [f"{RECALL}ask: {ask}, answer: " for ask in (one, other)]
    found = lint(*(ask + answer for ask, answer in zip(asks, answers, strict=True)))
    begins = f"d.yaml:6:27: `d/c0` (d.yaml:5) asks {said};"
    assert [begins in problem for problem in found] == ([True] if said else [])


def test_the_same_is_asked_in_another_deck() -> None:
    card = "- {id: c, kind: concept, ask: Q, answer: A}\n"
    files = {f"{name}.yaml": f"deck: {name}\n{HEAD}{card}" for name in "ab"}
    (found,) = lint_files(files)
    assert found.startswith("b.yaml:5:26: `a/c` (a.yaml:5) asks the same;")


def test_siblings_kinds_and_commands_make_different_questions() -> None:
    sibling = lint(
        RECALL + "ask: Q, answer: A, sibling: [c1]",
        RECALL + "ask: Q, answer: A, sibling: [c0]",
    )
    kinds = lint(RECALL + "ask: Q, answer: A", COMMAND + "ask: Q, answer: ls")
    commands = lint(
        RUN_FLAG + "ask: Q, answer: -d",
        "kind: flag, command: docker ps, ask: Q, answer: -a",
    )
    assert (sibling, kinds, commands) == ([], [], [])


def test_a_deck_that_is_read_twice_is_compared_once() -> None:
    text = f"deck: d\n{HEAD}- {{id: c, kind: concept, ask: Q, answer: A}}\n"
    (found,) = lint_files({"a.yaml": text, "b.yaml": text, "c.yaml": "- x\n"})[:1]
    assert "already read from a.yaml" in found


def test_problems_stand_in_the_order_of_the_file() -> None:
    found = lint(
        RECALL + "ask: Q, answer: A, sibling: [nope]",
        RECALL + "ask: R, answer: B, tags: [draft]",
    )
    assert [one[:9] for one in found] == ["d.yaml:5:", "d.yaml:6:"]


def test_only_what_breaks_something_is_an_error() -> None:
    right = CHOOSE + "ask: Q, answer: docker ps, wrong: [docker container ls]"
    text = (
        f"deck: d\n{HEAD}- {{id: a, {right}}}\n"
        f"- {{id: b, {RECALL}ask: R, answer: A, sibling: [nope, b]}}\n"
        f"- {{id: c, {RECALL}ask: An A, answer: an a, tags: [draft]}}\n"
    )
    read = {"d.yaml": read_deck(text.encode(), "d.yaml", check=lint_card)}
    problems = lint_together(read)["d.yaml"].problems
    assert [(one.place.line, one.severity) for one in problems] == [
        (5, Severity.ERROR),
        (6, Severity.ERROR),
        (6, Severity.ERROR),
        (7, Severity.WARNING),
        (7, Severity.WARNING),
    ]


def test_a_reading_knows_where_the_fields_of_each_card_stand() -> None:
    text = f"deck: d\n{HEAD}- id: a\n  kind: concept\n  ask: Q\n- x\n- id: [b]\n"
    places = read_deck(text.encode(), "d.yaml").places
    assert list(places) == ["d/a"]
    assert places[CardId("d/a")]["ask"].line == 7
    assert read_deck(b"deck: d\ntitle: T\ncards: x\n", "d.yaml").places == {}


def test_comparing_twice_as_many_cards_takes_hardly_more_than_twice_as_much() -> None:
    few, many = (calls(lint_together, {"d.yaml": worded(n)}) for n in (1000, 2000))
    assert many < 2.5 * few


def worded(count: int) -> DeckReading:
    """Return a deck of cards with questions that share words, but never many."""
    vocabulary = [f"word{chr(97 + at % 26)}{chr(97 + at // 26)}" for at in range(600)]
    cards = "".join(
        f"- {{id: c{at}, {RECALL}answer: A{at}, ask: "
        + " ".join(
            vocabulary[(at * at + 7 * step * at + step) % 600] for step in range(9)
        )
        + "}\n"
        for at in range(count)
    )
    reading = read_deck(f"deck: d\n{HEAD}{cards}".encode(), "d.yaml")
    assert len(shelve({"d.yaml": reading}).cards) == count
    return reading


def calls(function: Callable[..., object], *values: object) -> int:
    """Return how many functions are called in the course of one."""
    events: list[str] = []
    setprofile(lambda _frame, event, _arg: events.append(event))
    try:
        function(*values)
    finally:
        setprofile(None)
    return sum(event in {"call", "c_call"} for event in events)
