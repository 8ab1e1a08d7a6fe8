"""Advice: three sentences, each with a command to type."""

from dataclasses import dataclass

from trainer.language.text import Message, Text, message
from trainer.statistics.evidence import Evidence
from trainer.statistics.forecast import forecast
from trainer.statistics.parts import map_of_notes
from trainer.statistics.weakspots import Fault, Weak, weak_spots


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
    topics = map_of_notes(evidence).topics
    worst = max(topics, key=lambda one: one.studied - one.known, default=None)
    if worst is None or not worst.studied:
        return Sentence(message("advice.nothing-learned"))
    lost = round(worst.studied - worst.known)
    if not worst.at_risk or not lost:
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
    card = fault.cards[0]
    counts = {"missed": fault.missed, "asked": fault.asked}
    said = message("advice.fault", fault=fault_message(fault), **counts)
    return Sentence(said, f"trainer card show {card}")


def _topic(topic: Weak, evidence: Evidence) -> Sentence:
    titles = {one.name: one.title for one in evidence.topics}
    title = titles.get(topic.name, Text.same(topic.name))
    counts = {"failed": topic.failed, "asked": topic.asked}
    said = message("advice.weak-topic", topic=title, **counts)
    return Sentence(said, f"trainer review {topic.name} --cram")


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
    key = f"advice.fault-{_SORTS.get(fault.code, 'other')}-{place}"
    return message(key, subject=fault.subject, command=fault.command)


_SORTS = {
    "missing-option": "missing",
    "missing-operand": "missing",
    "missing-word": "missing",
    "missing-redirect": "missing",
    "missing-stage": "missing",
    "missing-step": "missing",
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
