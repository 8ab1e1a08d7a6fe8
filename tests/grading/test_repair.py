"""Repair of what input methods, editors and pasting do to a line."""

import pytest

from trainer.grading.repair import repair
from trainer.language.text import Language

REPAIRS = [
    ("docker ps -a", "docker ps -a"),
    ("docker ps ——all", "docker ps --all"),
    ("docker ps —all", "docker ps --all"),
    ("docker ps —a", "docker ps -a"),
    ("docker ps \u2013a", "docker ps -a"),
    ("docker ps \u2212\u2212all", "docker ps --all"),
    ("docker run hello—world", "docker run hello-world"),
    ("docker\u3000ps\xa0\uff0da", "docker ps -a"),
    ("docker ps\u200b -a\ufeff", "docker ps -a"),
    ("docker run -p 80\uff1a80 x", "docker run -p 80:80 x"),
    ("a \uff5c b \uff06\uff06 c \uff1b d", "a | b && c ; d"),
    ("docker rm \uffe5\uff08docker ps -q\uff09", "docker rm $(docker ps -q)"),
    ("docker rm ·docker ps -q·", "docker rm `docker ps -q`"),
    ("docker run x 、bin、sh", "docker run x /bin/sh"),
    ("docker build 。", "docker build ."),
    ("docker ps。", "docker ps"),
    ("echo “a b” \u2018c\u2019", "echo \"a b\" 'c'"),
    ("$ docker ps", "docker ps"),
    ("# docker ps", "docker ps"),
    ("root@box:/# docker ps", "docker ps"),
    ("[me@box ~]$ docker ps", "docker ps"),
    ("➜  ~ docker ps", "docker ps"),
    ("PS C:\\Users\\me> docker ps", "docker ps"),
    ("PS> docker ps", "docker ps"),
    ("PS /home/me> docker ps", "docker ps"),
    ("- docker ps", "docker ps"),
    ("2. sudo docker ps", "sudo docker ps"),
    ("- $ docker ps", "docker ps"),
    ("> docker ps", "docker ps"),
    ("> f docker ps", "> f docker ps"),
    ("`docker ps`", "docker ps"),
    ("```sh\ndocker ps\n```", "docker ps\n"),
    ("docker run \\\n  -d \\\n> x", "docker run  -d  x"),
    ("docker run `\n  -d `\n>> x", "docker run  -d  x"),
    ("docker run ^\n  -d ^\n  x", "docker run  -d  x"),
    ("docker rm `docker ps -q`\ndocker ps", "docker rm `docker ps -q`\ndocker ps"),
    ("docker run -p 80\u223680 ─it x", "docker run -p 80:80 -it x"),
    ("$ docker ps\n$ docker images", "docker ps\ndocker images"),
    ("Docker PS", "Docker PS"),
]


@pytest.mark.parametrize(("typed", "meant"), REPAIRS)
def test_a_slip_of_the_keyboard_is_read_as_meant(typed: str, meant: str) -> None:
    assert repair(typed).text == meant


@pytest.mark.parametrize(
    "text", ["echo '——\uff0c。“'", 'echo "\uff1a。"', "echo “\uff0c。”"]
)
def test_what_stands_in_quotes_is_left_alone(text: str) -> None:
    assert repair(text).text[6:-1] == text[6:-1]


@pytest.mark.parametrize(("typed", "meant"), REPAIRS)
def test_every_character_knows_where_it_was_typed(typed: str, meant: str) -> None:
    repaired = repair(typed)
    assert len(repaired.origins) == len(meant)
    assert list(repaired.origins) == sorted(repaired.origins)
    span = repaired.span(0, len(meant))
    assert 0 <= span.start <= span.end <= len(typed)


def test_long_names_decide_what_one_long_dash_means() -> None:
    repaired = repair("docker run —it —rm x", {"rm", "name"}.__contains__)
    assert repaired.text == "docker run -it --rm x"


def test_repairs_are_reported_once_for_each_kind() -> None:
    notes = repair("$ docker\u3000run ——rm ——name x\u3000y").notes
    assert [one.in_language(Language.EN) for one in notes] == [
        "The prompt `$` was left out.",
        "Blanks of a special kind were read as plain ones.",
        "`——` was read as `--`.",
    ]


def test_nothing_typed_has_a_span_too() -> None:
    assert repair("").span(0, 5) == repair("").span(0, 0)


def test_a_line_full_of_slips_is_reported_in_a_few_notes() -> None:
    wide = "".join(map(chr, range(0xFF21, 0xFF3B))) + "\u3000——\uff0c\uff1a\uff1b\uff5c"
    repaired = repair(f"$ {wide}")
    assert repaired.text.startswith("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert 0 < len(repaired.notes) <= 10
