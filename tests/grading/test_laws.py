"""Laws of grading that hold for every command and option of the grammar."""

import time
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.grading.answers import grade_command, grade_flag, grade_wording
from trainer.grading.explain import explain
from trainer.grading.grammar import Command, Option, load_grammar
from trainer.grading.values import value_kind

GRAMMAR = load_grammar("docker")
COMMANDS = [
    command
    for command in GRAMMAR.commands
    if command.runnable and not command.opaque and not command.removed
    if command.path != ("help",)
]
VALUES = {
    "bytes": ["256m", "3g"],
    "bool": ["true"],
    "decimal": ["0.25", "3.5"],
    "device": ["/dev/sdb", "/dev/sdc"],
    "duration": ["7s", "9m"],
    "env": ["A=1", "B=2"],
    "filter": ["name=one", "name=two"],
    "host": ["db:10.0.0.9", "web:10.0.0.8"],
    "image": ["one/app:v2", "two/app:v3"],
    "int": ["3", "7"],
    "label": ["a=1", "b=2"],
    "link": ["db:one", "web:two"],
    "map": ["a=1", "b=2"],
    "mount": ["type=volume,src=one,dst=/one", "type=volume,src=two,dst=/two"],
    "pair": ["a=1", "b=2"],
    "port": ["8081:81", "8082:82/udp"],
    "expose": ["81", "82/udp"],
    "signal": ["HUP", "USR1"],
    "template": ["{{.ID}}", "{{.Names}}"],
    "time": ["7s", "9m"],
    "tmpfs": ["/tmp/one", "/tmp/two"],  # noqa: S108 - a value, not a file
    "ulimit": ["nofile=99", "nproc=98"],
    "volume": ["three:/three", "four:/four"],
}
WORDS = ["one", "two"]
OPERANDS = {"image": "app:v9", "file": "web:/x", "context": "."}
FORMS = ("=", " ", "short", "short=", "attached")
LAWFUL = settings(max_examples=300, derandomize=True, deadline=None)


@dataclass(frozen=True)
class Line:
    """A command with options and their values, and its operands."""

    command: Command
    options: tuple[tuple[Option, str], ...]
    operands: tuple[str, ...]

    def plain(self) -> str:
        """Write it the long way."""
        said = [
            f"--{option.long}"
            if option.type == "bool"
            else f"--{option.long}={value!r}"
            for option, value in self.options
        ]
        path = " ".join(self.command.path)
        return " ".join(["docker", path, *said, *self.operands])


def values_of(option: Option) -> list[str]:
    """Return two values of an option that mean different things."""
    if option.type == "bool":
        return ["false" if option.default == "true" else "true"]
    return VALUES.get(value_kind(option), WORDS)


def usable(command: Command) -> list[Option]:
    """Return the options that say something and are in force."""
    return [
        option
        for option in command.options
        if option.long != "help" and not option.removed and option.bare is None
        if option.default != "true"
    ]


@st.composite
def lines(draw: st.DrawFn, least: int = 0) -> Line:
    """Draw a line of some command with at least so many options."""
    command = draw(
        st.sampled_from([one for one in COMMANDS if len(usable(one)) > least])
    )
    options = draw(
        st.lists(
            st.sampled_from(usable(command)),
            min_size=least,
            max_size=5,
            unique_by=lambda option: option.long,
        )
    )
    chosen = tuple((one, draw(st.sampled_from(values_of(one)))) for one in options)
    return Line(command, chosen, tuple(operands_of(command)))


def operands_of(command: Command) -> list[str]:
    """Return the fewest operands that a command takes."""
    return [
        OPERANDS.get(operand.role, f"{operand.role[:3]}{number}")
        for operand in command.operands
        for number in range(operand.least)
    ]


def written(data: st.DataObject, option: Option, value: str) -> str:
    """Write an option in one of its ways."""
    name = data.draw(
        st.sampled_from([f"--{option.long}", *(f"--{x}" for x in option.synonyms)])
    )
    form = data.draw(st.sampled_from(FORMS))
    if option.type == "bool":
        short = option.short and form.startswith("short")
        return (
            f"-{option.short}"
            if short
            else data.draw(st.sampled_from([name, f"{name}=1"]))
        )
    if option.short and form in FORMS[2:]:
        joint = {"short": " ", "short=": "=", "attached": ""}[form]
        return f"-{option.short}{joint}{value!r}"
    return f"{name}{'=' if form == '=' else ' '}{value!r}"


@LAWFUL
@given(st.data(), lines())
def test_another_way_to_write_the_same_is_correct(
    data: st.DataObject, line: Line
) -> None:
    options = [written(data, option, value) for option, value in line.options]
    options = data.draw(st.permutations([*options, *explicit_defaults(data, line)]))
    name = data.draw(st.sampled_from([line.command.path, *line.command.aliases]))
    behind = line.command.interspersed and data.draw(st.booleans())
    rest = [*line.operands, *options] if behind else [*options, *line.operands]
    typed = " ".join(["docker", *name, *rest])
    verdict = grade_command([line.plain()], typed, "docker")
    assert verdict.outcome.value == "correct", (line.plain(), typed, verdict.findings)


def explicit_defaults(data: st.DataObject, line: Line) -> list[str]:
    """Say what is in force anyway, for options that the line does not set."""
    chosen = {option.long for option, _ in line.options}
    free = [
        option
        for option in line.command.options
        if option.default and option.long not in chosen | {"help"}
        if option.bare is None and not option.removed
    ]
    if not free:
        return []
    option = data.draw(st.sampled_from(free))
    return [f"--{option.long}={option.default!r}"]


@LAWFUL
@given(st.data(), lines(least=2))
def test_short_switches_may_share_a_dash(data: st.DataObject, line: Line) -> None:
    switches = [one for one in usable(line.command) if one.type == "bool" and one.short]
    letters = data.draw(st.permutations([str(one.short) for one in switches]))
    spread = " ".join(["docker", *line.command.path, *(f"-{x}" for x in letters)])
    joint = " ".join(["docker", *line.command.path, f"-{''.join(letters)}"])
    operands = " ".join(line.operands)
    if letters:
        verdict = grade_command(
            [f"{spread} {operands}"], f"{joint} {operands}", "docker"
        )
        assert verdict.outcome.value == "correct"


@LAWFUL
@given(st.data(), lines(least=1))
def test_leaving_out_an_option_is_partial_and_names_it(
    data: st.DataObject, line: Line
) -> None:
    at = data.draw(st.integers(0, len(line.options) - 1))
    left = Line(line.command, line.options[:at] + line.options[at + 1 :], line.operands)
    verdict = grade_command([line.plain()], left.plain(), "docker")
    assert verdict.outcome.value == "partial", (line.plain(), left.plain())
    again = grade_command([left.plain()], line.plain(), "docker")
    assert again.outcome.value == "partial", (left.plain(), line.plain())


@LAWFUL
@given(st.data(), lines(least=1))
def test_another_value_is_partial(data: st.DataObject, line: Line) -> None:
    at = data.draw(st.integers(0, len(line.options) - 1))
    option, value = line.options[at]
    others = [one for one in values_of(option) if one != value]
    if others:
        options = (*line.options[:at], (option, others[0]), *line.options[at + 1 :])
        other = Line(line.command, options, line.operands)
        verdict = grade_command([line.plain()], other.plain(), "docker")
        assert verdict.outcome.value == "partial", (line.plain(), other.plain())


@LAWFUL
@given(lines(), lines())
def test_another_command_is_wrong(one: Line, other: Line) -> None:
    if one.command.path != other.command.path and "inspect" not in one.command.path:
        verdict = grade_command([one.plain()], other.plain(), "docker")
        assert verdict.outcome.value == "wrong", (one.plain(), other.plain())


shellish = st.text(
    alphabet="docker run-ps aqf=:,.<>|&;()$`'\"\\ \n—“”\uff0c。{}#~é容", max_size=200
)


@settings(max_examples=500, derandomize=True, deadline=None)
@given(
    st.one_of(st.text(max_size=300), shellish),
    st.one_of(st.text(max_size=80), shellish),
)
def test_no_input_raises(typed: str, expected: str) -> None:
    for grammar in ("docker", None):
        grade_command(["docker run -d nginx", expected], typed, grammar)
        grade_flag(["-f", expected], typed, "docker logs", grammar)
    grade_wording([expected], typed)
    explain(typed, GRAMMAR)


tokens = st.sampled_from(
    [
        *("docker", "run", "ps", "-it", "-a", "nginx", "x:/y", "A=1", "sudo", "xargs"),
        *("|", "||", "&", "&&", ";", ";;", "(", ")", "{", "}", "<", ">", "<(", "$("),
        *("`", "'", '"', "$", "~", "!", "#", "\\", "<x>", "2>&1", "$'", "<<"),
    ]
)
soup = st.lists(tokens, max_size=12).flatmap(
    lambda words: st.sampled_from([" ".join(words), "".join(words)])
)


@settings(max_examples=800, derandomize=True, deadline=None)
@given(soup, soup)
def test_no_soup_of_shell_signs_raises(typed: str, expected: str) -> None:
    grade_command([expected], typed, "docker")
    explain(typed, GRAMMAR)


def test_time_grows_linearly() -> None:
    kinds = [
        "a ",
        "'",
        '"',
        "`",
        "$(",
        "\\",
        "—",
        "{{",
        "-d ",
        "<a>",
        "1-",
        "a:",
        "/",
        "|",
    ]
    for one in kinds:
        long = timed(f"docker run {one * 2000}")
        longer = timed(f"docker run {one * 4000}")
        assert longer < max(4 * long, 0.25), one


def timed(typed: str) -> float:
    """Return the shortest of three times, in seconds: a machine may be busy."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        grade_command(["docker run -d <image>", "docker ps"], typed, "docker")
        times.append(time.perf_counter() - start)
    return min(times)
