"""How cards look in Anki: a note type for each exercise form."""

from dataclasses import dataclass
from hashlib import sha256

PER_LANGUAGE = ("Question", "Choices", "Answer", "Why", "Notes", "Source")
"""What is there once for each of at most two languages."""
SECOND = " 2"
CARD, ALSO, DATA = "Id", "Also", "Trainer"
FIELDS = (
    CARD,
    *PER_LANGUAGE,
    *(name + SECOND for name in PER_LANGUAGE),
    ALSO,
    DATA,
)
"""The fields of every note. `Trainer` holds the card as it was written, and its log."""

_SHOW = '<div class="{style}">{{{{{name}}}}}</div>'
_IF = '{{{{#{name}}}}}<div class="{style}">{{{{{name}}}}}</div>{{{{/{name}}}}}'

CSS = """\
.card {
  margin: 0; padding: 0.6em max(0.6em, calc(50% - 21em)); text-align: left;
  overflow-wrap: anywhere;
  font: 1.15em/1.55 system-ui, "Noto Sans", "Noto Sans CJK SC", "PingFang SC",
    "Microsoft YaHei", sans-serif;
  color: #1d2430; background: #fbfbf9;
}
code, pre, .line, #typeans {
  font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, "Noto Sans Mono",
    "Noto Sans Mono CJK SC", monospace;
  font-size: 0.93em;
}
code { padding: 0.05em 0.3em; border-radius: 0.25em; background: #ecebe4; }
code.whole { white-space: nowrap; }
pre { padding: 0.6em 0.8em; border-radius: 0.4em; background: #ecebe4; }
pre { white-space: pre-wrap; }
pre code, code#typeans { padding: 0; background: none; }
input#typeans { font-size: 1em !important; padding: 0.4em; }
.second { color: #5a6472; }
.question { font-weight: 600; margin: 0.3em 0; }
.question.second { font-weight: 400; }
.answer { margin: 0.3em 0; }
.choices { padding-left: 1.6em; list-style: upper-alpha; }
.choices li { margin: 0.35em 0; }
.choices .right { font-weight: 600; color: #1c7a43; }
.why, .notes { margin: 0.7em 0 0; font-size: 0.95em; }
.notes { border-left: 0.2em solid #c98a1b; padding-left: 0.6em; }
.source { margin-top: 0.9em; font-size: 0.8em; color: #6c7683; }
.also { color: #5a6472; font-size: 0.95em; }
.also .line { margin-top: 0.25em; padding-left: 1.2em; text-indent: -1.2em; }
.also .line::before { content: "· "; }
hr { border: 0; border-top: 1px solid #d8d6cc; margin: 1em 0; }
.cloze { font-weight: 600; color: #1f5fa8; }
.nightMode.card, .nightMode .card { color: #e4e6ea; background: #20242b; }
.nightMode code, .nightMode pre { background: #323844; }
.nightMode pre code, .nightMode code#typeans { background: none; }
.nightMode .second, .nightMode .also, .nightMode .source { color: #a2abb8; }
.nightMode .choices .right { color: #6fd39a; }
.nightMode hr { border-top-color: #444b57; }
.nightMode .cloze { color: #8dbdf5; }
"""

_SHUFFLE = """\
<script>
(function (isBack) {
  var lists = document.querySelectorAll("ol.choices");
  if (!lists.length) { return; }
  var key = "trainer:" + lists[0].getAttribute("data-card");
  var count = lists[0].children.length, order = [], at, other;
  try { order = isBack ? JSON.parse(sessionStorage.getItem(key)) || [] : []; }
  catch (error) { if (isBack) { count = 0; } }
  if (!isBack) {
    for (at = 0; at < count; at += 1) {
      other = Math.floor(Math.random() * (at + 1));
      order[at] = order[other];
      order[other] = at;
    }
    try { sessionStorage.setItem(key, JSON.stringify(order)); }
    catch (error) { order = []; }
  }
  lists.forEach(function (list) {
    var items = Array.prototype.slice.call(list.children);
    if (order.length === items.length) {
      order.forEach(function (place) { list.appendChild(items[place]); });
    }
    var right = document.getElementById(list.getAttribute("data-answer"));
    items.forEach(function (item) {
      if (right && item.innerHTML === right.innerHTML) { item.className = "right"; }
    });
  });
}(SIDE));
</script>"""
"""Shuffles choices alike on both sides; without it they stand as they were exported."""


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type with its one card template."""

    name: str
    front: str
    back: str
    is_cloze: bool = False


def stable_id(name: str) -> int:
    """Return an id that looks like one of Anki's, instants in milliseconds."""
    number = int.from_bytes(sha256(name.encode()).digest()[:6], "big")
    return 1_500_000_000_000 + number % 10**11


def _both(name: str, style: str) -> str:
    """Show a field in both languages, where it says anything."""
    second = _IF.format(name=name + SECOND, style=f"{style} second")
    return _IF.format(name=name, style=style) + second


def _choices() -> str:
    first = (
        '{{#Choices}}<ol class="choices" data-card="{{Id}}" data-answer="answer1">'
        "{{Choices}}</ol>{{/Choices}}"
    )
    second = first.replace("Choices}}", f"Choices{SECOND}}}}}")
    return first + second.replace("answer1", "answer2").replace('s"', 's second"', 1)


def _answer() -> str:
    return (
        '<div class="answer" id="answer1">{{Answer}}</div>'
        '{{#Answer 2}}<div class="answer second" id="answer2">{{Answer 2}}</div>'
        "{{/Answer 2}}"
    )


_QUESTION = _both("Question", "question")
_CLOZE = (
    '<div class="text">{{cloze:Question}}</div>'
    '{{#Question 2}}<div class="text second">{{cloze:Question 2}}</div>{{/Question 2}}'
)
_RULE = "\n<hr id=answer>\n"
_MORE = "".join(
    (
        _IF.format(name=ALSO, style="also"),
        _both("Why", "why"),
        _both("Notes", "notes"),
        _both("Source", "source"),
    )
)
_LISTED = _QUESTION + _choices()

NOTE_TYPES = {
    "type": NoteType(
        "Trainer: typed",
        f"{_QUESTION}\n{{{{type:Answer}}}}",
        f"{_QUESTION}{_RULE}{{{{type:Answer}}}}\n"
        f"{_IF.format(name='Answer 2', style='answer second')}{_MORE}",
    ),
    "recall": NoteType(
        "Trainer: recalled", _QUESTION, f"{_QUESTION}{_RULE}{_answer()}{_MORE}"
    ),
    "choose": NoteType(
        "Trainer: choice",
        _LISTED + _SHUFFLE.replace("SIDE", "false"),
        f"{_LISTED}{_RULE}{_answer()}{_MORE}{_SHUFFLE.replace('SIDE', 'true')}",
    ),
    "order": NoteType(
        "Trainer: steps",
        _LISTED + _SHUFFLE.replace("SIDE", "false"),
        f"{_LISTED}{_RULE}{_answer()}{_MORE}{_SHUFFLE.replace('SIDE', 'true')}",
    ),
    "cloze": NoteType("Trainer: cloze", _CLOZE, f"{_CLOZE}{_MORE}", is_cloze=True),
}
"""The note type of each exercise form."""

NOTE_TYPE_IDS = {form: stable_id(one.name) for form, one in NOTE_TYPES.items()}
