"""Advice: three sentences, each with a command to type."""

from dataclasses import dataclass

from trainer.cards.card import deck_of
from trainer.language.catalogue import catalogue
from trainer.language.text import Message, Text, message
from trainer.statistics.evidence import Evidence
from trainer.statistics.forecast import forecast
from trainer.statistics.parts import topics
from trainer.statistics.weakspots import Fault, Weak, weak_spots

_ROLE = "findings.role-"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One piece of advice, and the command that follows it; there may be none."""

    said: Message
    command: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """What is most at risk today, what keeps failing and why, and what to do next."""

    risk: Sentence
    failing: Sentence
    next: Sentence


def advice(evidence: Evidence) -> Advice:
    """Return what is to be done about the figures."""
    return Advice(_risk(evidence), _failing(evidence), _next(evidence))


def _risk(evidence: Evidence) -> Sentence:
    """Name the topic of which most is likely to be forgotten."""
    studied = [one for one in topics(evidence) if one.studied]
    worst = max(studied, key=lambda one: one.studied - one.known, default=None)
    if worst is None:
        return Sentence(message("advice.nothing-learned"))
    lost = round(worst.studied - worst.known)
    if not lost:
        return Sentence(message("advice.nothing-at-risk"))
    values = {"topic": worst.title, "count": worst.studied, "lost": lost}
    return Sentence(message("advice.risk", **values), f"trainer review {worst.name}")


def _failing(evidence: Evidence) -> Sentence:
    """Name what keeps being wrong, or else the topic that fails most often."""
    found = weak_spots(evidence)
    for fault in found.faults:
        return _fault(fault)
    for topic in found.topics:
        return _topic(topic, evidence)
    return Sentence(message("advice.nothing-failing"))


def _fault(fault: Fault) -> Sentence:
    counts = {"missed": fault.missed, "asked": fault.asked}
    said = message("advice.fault", fault=fault_message(fault), **counts)
    topic = deck_of(fault.cards[0])
    return Sentence(said, f"trainer quiz {topic} --state weak")


def _topic(topic: Weak, evidence: Evidence) -> Sentence:
    titles = {one.name: one.title for one in evidence.topics}
    title = titles.get(topic.name, Text.same(topic.name))
    counts = {"failed": topic.failed, "asked": topic.asked}
    said = message("advice.weak-topic", topic=title, **counts)
    return Sentence(said, f"trainer quiz {topic.name} --state weak")


def _next(evidence: Evidence) -> Sentence:
    """Say what to do: what is due, then what is new, then nothing."""
    ahead = forecast(evidence)
    due = ahead.days[0].due
    if due:
        return Sentence(message("advice.due", count=due), "trainer review")
    if ahead.unseen:
        count = ahead.unseen
        return Sentence(message("advice.unseen", count=count), "trainer review")
    coming = [at for at, load in enumerate(ahead.days) if load.due]
    if not coming:
        return Sentence(message("advice.free"))
    values = {"days": coming[0], "count": ahead.days[coming[0]].due}
    command = f"trainer review --ahead {coming[0]}"
    return Sentence(message("advice.ahead", **values), command)


def fault_message(fault: Fault) -> Message:
    """Word what keeps being wrong: what is forgotten, mixed up or misplaced."""
    place = "in" if fault.command else "alone"
    sort, subject = _SORTS.get(fault.code, "other"), fault.subject
    if fault.code in _OF_ROLES and subject in _ROLES:
        key = f"advice.role-{sort}-{place}"
        role = message(f"{_ROLE}{subject}")
        return message(key, role=role, command=fault.command)
    if sort == "misplaced":  # all that follows is misplaced with it
        subject = subject.partition(" ")[0]
    key = f"advice.fault-{sort}-{place}"
    return message(key, subject=subject, command=fault.command)


_SORTS = {
    "missing-option": "missing",
    "missing-operand": "missing",
    "missing-word": "missing",
    "missing-redirect": "missing",
    "missing-stage": "missing",
    "missing-step": "missing",
    "missing-tail": "missing",
    "missing-tag": "missing",
    "too-few": "missing",
    "inspecting": "another",
    "group": "another",
    "no-dashes": "dashes",
    "unknown-option": "unknown",
    "removed-option": "unknown",
    "unknown-command": "unknown",
    "too-many": "extra",
    "extra-tail": "extra",
    "extra-redirect": "extra",
    "wrong-tag": "wrong-value",
    "bad-value": "wrong-value",
    "took-letters": "wrong-value",
    "other-program": "program",
    "missing-program": "program",
    "extra-option": "extra",
    "extra-operand": "extra",
    "extra-word": "extra",
    "dangerous-option": "extra",
    "wrong-option": "wrong-option",
    "wrong-value": "wrong-value",
    "wrong-operand": "wrong-value",
    "swapped": "swapped",
    "misplaced": "misplaced",
    "wrong-command": "wrong-command",
}
"""The sorts of findings that are worded alike."""

_OF_ROLES = frozenset({"missing-operand", "wrong-operand", "too-few"})
_ROLES = frozenset(
    key.removeprefix(_ROLE) for key in catalogue("en", "findings") if _ROLE in key
)
"""What operands may be called, which the catalogues word."""
