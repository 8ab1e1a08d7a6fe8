"""A small reader of GIFT, made by Moodle's documentation and independent of ours."""

import re
from dataclasses import dataclass, field

_ESCAPES = {f"\\{char}": char for char in "~=#{}:\\"} | {"\\n": "\n"}


@dataclass
class Question:
    """A question as Moodle would have it; answers with their share of the mark."""

    name: str
    category: str
    text: str
    kind: str
    answers: list[tuple[float, str]] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    feedback: str = ""


def read_gift(text: str) -> list[Question]:
    """Return the questions of a file; an empty line parts them."""
    questions, category = [], ""
    for block in re.split(r"\n[ \t]*\n", text.strip()):
        if block.startswith("$CATEGORY:"):
            category = _plain(block.removeprefix("$CATEGORY:").strip())
        else:
            questions.append(_question(_tokens(block), category))
    return questions


def _tokens(block: str) -> list[tuple[str, bool]]:
    """Return the characters, each with whether it was escaped."""
    found = re.findall(r"\\[~=#{}:\\n]|.", block, re.DOTALL)
    return [(_ESCAPES.get(one, one), one in _ESCAPES) for one in found]


def _plain(text: str) -> str:
    return "".join(char for char, _ in _tokens(text))


def _question(tokens: list[tuple[str, bool]], category: str) -> Question:
    # what was escaped is moved out of the way of the syntax
    text = "".join(
        chr(ord(char) + 0xF0000) if is_escaped else char for char, is_escaped in tokens
    )
    found = re.fullmatch(r"::(.*?)::(?:\[markdown\])?(.*?)\{(.*?)\}", text, re.DOTALL)
    assert found, text
    name, ask, body = found.groups()
    answers, _, feedback = body.partition("####")
    question = Question(_back(name), category, _back(ask), "", feedback=_back(feedback))
    answers = answers.strip()
    assert "#" not in answers
    if not answers:
        question.kind = "essay"
    elif "~" in answers:
        question.kind = "choice"
        question.answers = _shares(re.findall(r"([=~])([^=~]*)", answers))
    elif "->" in answers:
        question.kind = "match"
        pairs = (one.split("->", 1) for one in answers.split("=")[1:])
        question.pairs = [(_back(left), _back(right)) for left, right in pairs]
    else:
        question.kind = "short"
        question.answers = _shares(re.findall(r"(=)([^=]*)", answers))
    return question


def _shares(found: list[tuple[str, str]]) -> list[tuple[float, str]]:
    shares = []
    for sign, text in found:
        weight = re.match(r"\s*%(\d+)%", text)
        share = float(weight[1]) if weight else 100.0 if sign == "=" else 0.0
        rest = text[weight.end() :] if weight else text
        rest = re.sub(r"^\s*\[(?:plain|markdown)\]", "", rest)
        shares.append((share, _back(rest)))
    return shares


def _back(text: str) -> str:
    shown = (chr(ord(c) - 0xF0000) if ord(c) >= 0xF0000 else c for c in text.strip())
    return "".join(shown).strip()
