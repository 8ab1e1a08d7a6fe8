"""The reader of shell lines."""

import pytest

from trainer.grading.shell import (
    DEEPEST,
    HERE,
    HOLE,
    HOLE_END,
    HOME,
    LONGEST,
    Script,
    read_script,
)


def words(script: Script) -> list[list[list[str]]]:
    return [
        [[word.text for word in simple.words] for simple in pipeline]
        for pipeline in script.pipelines
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("echo a  b", ["echo", "a", "b"]),
        ("echo 'a b'\"c d\"e\\ f", ["echo", "a bc de f"]),
        ('echo "a\\"b\\$c\\d"', ["echo", 'a"b$c\\d']),
        ("echo $'a\\tb\\'c' $\"d\"", ["echo", "a\tb'c", "d"]),
        ("echo a # b", ["echo", "a"]),
        ("echo a#b", ["echo", "a#b"]),
        ("echo ~ ~/x a~", ["echo", HOME, f"{HOME}/x", "a~"]),
        ("echo $PWD ${PWD} $(pwd) `pwd`", ["echo", HERE, HERE, HERE, HERE]),
        ("echo '$PWD' \\$PWD", ["echo", "$PWD", "$PWD"]),
        ("echo $", ["echo", "$"]),
        ("echo a\\\nb", ["echo", "ab"]),
        ("echo ''", ["echo", ""]),
    ],
)
def test_words_are_what_the_shell_makes_of_them(line: str, expected: list[str]) -> None:
    assert words(read_script(line)) == [[expected]]


@pytest.mark.parametrize(
    ("line", "pipelines", "connectors"),
    [
        ("a;b", [[["a"]], [["b"]]], (";", "")),
        ("a && b || c", [[["a"]], [["b"]], [["c"]]], ("&&", "||", "")),
        ("a | b |& c", [[["a"], ["b"], ["c"]]], ("",)),
        ("a & b;", [[["a"]], [["b"]]], ("&", "")),
        ("a\n\nb", [[["a"]], [["b"]]], (";", "")),
        ("(a; b) && c", [[["a"]], [["b"]], [["c"]]], (";", "", "")),
        ("", [], ()),
    ],
)
def test_lines_are_taken_apart_where_commands_are_connected(
    line: str, pipelines: list[list[list[str]]], connectors: tuple[str, ...]
) -> None:
    script = read_script(line)
    assert words(script) == pipelines
    assert len(script.connectors) == len(connectors)
    assert script.slips == ()


def test_redirects_are_kept_apart_from_words() -> None:
    simple = read_script("a > f 2>&1 < g >> h &> i").pipelines[0][0]
    found = [(one.fd, one.op, one.target.text) for one in simple.redirects]
    assert found == [
        *(("", ">", "f"), ("2", ">&", "1"), ("", "<", "g"), ("", ">>", "h")),
        ("", "&>", "i"),
    ]


def test_assignments_stand_in_front() -> None:
    simple = read_script("A=1 B='c d' x C=3").pipelines[0][0]
    assert [word.text for word in simple.assignments] == ["A=1", "B=c d"]
    assert [word.text for word in simple.words] == ["x", "C=3"]


def test_substitutions_are_read_as_lines_of_their_own() -> None:
    script = read_script('a $(b `c` | d) "$(e)"')
    inner = [words(one) for one in script.substitutions]
    assert [one[0][0][0] for one in inner] == ["c", "b", "e"]


def test_placeholders_of_the_expected_side_become_signs() -> None:
    line = "a <name> '<b c>' x=<d>"
    expected = read_script(line, holes=True).pipelines[0][0].words
    assert [word.text for word in expected[1:]] == [
        f"{HOLE}name{HOLE_END}",
        f"{HOLE}b c{HOLE_END}",
        f"x={HOLE}d{HOLE_END}",
    ]
    typed = read_script(line).pipelines[0][0].words
    assert [word.text for word in typed[1:]] == ["<name>", "<b c>", "x=<d>"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("a 'b", "open-quote"),
        ('a "b', "open-quote"),
        ("a `b", "open-tick"),
        ("a $(b", "open-parenthesis"),
        ("a )", "stray-parenthesis"),
        ("a >", "no-target"),
        ("a | | b", "no-command"),
        ("&& a", "no-command"),
        ("a" * (LONGEST + 1), "too-long"),
        ("$(" * (DEEPEST + 1), "too-deep"),
        ("(" * (DEEPEST + 1), "too-deep"),
    ],
)
def test_what_breaks_the_rules_is_reported_and_read_on(line: str, kind: str) -> None:
    assert kind in {slip.kind for slip in read_script(line).slips}


def test_words_know_where_they_stand() -> None:
    line = "docker run -e 'A=b c' $(x y)"
    for word in read_script(line).pipelines[0][0].words:
        assert line[word.start : word.end] == word.raw


def test_signs_cannot_be_typed() -> None:
    word = read_script(f"{HOLE}x{HOLE_END}").pipelines[0][0].words[0]
    assert word.text == "\ufffdx\ufffd"
