"""First drafts of decks: what is taken from notes, and that they can be read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.cards.draft import draft_cards, draft_text
from trainer.cards.lint import lint_card
from trainer.cards.markdown import parse_notes
from trainer.cards.outline import locate, make_outline
from trainer.cards.problem import Severity
from trainer.cards.reading import read_deck

NOTES = """\
# 镜像

- 列出镜像
\t- `docker image ls -a`
\t- `docker image ls -q` 只列出 id
- `docker commit [OPTIONS] CONTAINER`
\t- `-a, --author string    Author`
\t- `-m` 说明
- `docker image ls -a` again

> Start a container

- docker run -it ubuntu

# Volumes

`--read-only` mounts it read-only, `-v` may be written to.

## Other tools

- git stash  -u\tSave changes, new files too
- git status
- Look at `this`, `Another Word` and ` ` and `a = b`
- a docker image is no command
- docker top web 查看新的进程
"""


def drafted(text: str, name: str = "notes") -> list[tuple[str, str, str]]:
    """Return ids, questions and answers."""
    cards = draft_cards(parse_notes(text), name)
    return [(card.id, card.ask, card.answer) for card in cards]


def test_commands_and_flags_become_cards_with_what_is_said_about_them() -> None:
    assert drafted(NOTES) == [
        ("docker-image-ls", "列出镜像", "docker image ls -a"),
        ("docker-image-ls-2", "只列出 id", "docker image ls -q"),
        ("docker-commit", "镜像", "docker commit [OPTIONS] CONTAINER"),
        ("docker-commit-author", "Author", "--author"),
        ("docker-commit-m", "说明", "-m"),
        ("docker-run", "Start a container", "docker run -it ubuntu"),
        (
            "docker-read-only",
            "mounts it read-only, `-v` may be written to.",
            "--read-only",
        ),
        (
            "docker-v",
            "`--read-only` mounts it read-only, may be written to.",
            "-v",
        ),
        ("git-stash", "Save changes, new files too", "git stash  -u"),
        ("docker-top-web", "查看新的进程", "docker top web"),
    ]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("- `$ docker ps`", "docker ps"),
        ("- `sudo docker ps -a`", "sudo docker ps -a"),
        ("- `--icc=true` 允许连接", "--icc=true"),
        ("- `--tail 10` 最近", "--tail 10"),
        ("- -d 后台运行", "-d"),
        ("- -P --public-all=true|false 随机端口", "--public-all"),
        ('- --tail="all" 全部', "--tail"),
        ("- ls -l /etc", "ls -l /etc"),
        ("- docker attach -i 容器名|或id", "docker attach -i 容器名|或id"),
    ],
)
def test_what_is_written_is_the_answer(line: str, answer: str) -> None:
    ((_, _, found),) = drafted(line)
    assert found == answer


@pytest.mark.parametrize(
    "line",
    [
        "words",
        "`Namespace` and `使用环境变量`",
        "- docker ps",
        "docker ps -a",
        "- [docker ps -a](https://example.com)",
        "`docker " + "x" * 600 + "`",
        "```\ndocker ps -a\n```",
    ],
)
def test_what_is_no_command_makes_no_card(line: str) -> None:
    assert drafted(line) == []


def test_a_flag_without_a_command_belongs_to_what_the_notes_are_about() -> None:
    (card,) = draft_cards(parse_notes("`-v`"), "docker-notes")
    assert (card.command, card.ask) == ("docker-notes", "docker-notes")


def test_a_draft_is_a_deck_that_lacks_only_what_is_to_be_completed() -> None:
    notes = parse_notes("`docker ps -a` first\n\n" + NOTES)
    outline = make_outline(notes)
    text = draft_text(
        draft_cards(notes, "n"), locate(outline, notes), "mine", "My: notes", "A draft"
    )
    assert text.startswith('# A draft\ndeck: mine\ntitle: "My: notes"\ncards:\n')
    assert text.count("# 镜像 (") == 1
    reading = read_deck(text.encode(), "mine.yaml", check=lint_card)
    assert {one.message.key for one in reading.problems} == {
        "problems.draft",
        "problems.missing-language",
    }
    assert reading.deck is not None
    first, second, *_ = reading.deck.cards
    assert first.source is None
    assert second.source is not None
    assert second.source.lines == (6, 6)
    assert all(card.tags == ("draft",) for card in reading.deck.cards)
    assert len(reading.deck.cards) == 11


def test_a_draft_of_nothing_is_an_empty_deck() -> None:
    text = draft_text((), {}, "mine", "T", "A draft")
    reading = read_deck(text.encode(), "mine.yaml")
    assert reading.problems == ()
    assert reading.deck is not None
    assert reading.deck.cards == ()


PIECES = [
    *("`docker ps -a`", "`-f`", "- ", "\n", "\n\n", "\t", "  ", "# ", "> ", "命令"),
    *("docker rm -f x", "`\x1b[31m -x`", "`a\x00 -b`", '`a "b\\ c: #`', "no", ": "),
]


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30))
def test_any_notes_make_a_draft_that_can_be_read(parts: list[str]) -> None:
    notes = parse_notes("".join(parts))
    cards = draft_cards(notes, "n")
    places = locate(make_outline(notes), notes)
    reading = read_deck(draft_text(cards, places, "n", "t", "r").encode(), "n.yaml")
    assert not [one for one in reading.problems if one.severity is Severity.ERROR]
    assert reading.deck is not None
    assert len(reading.deck.cards) == len(cards)
