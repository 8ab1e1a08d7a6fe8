"""What each part of a page looks like, by the name of its style.

Attributes and colours are named as prompt_toolkit names them.
"""

STYLES = {
    "title": "bold",
    "dim": "dim",
    "label": "dim",
    "question": "bold",
    "code": "ansicyan",
    "new": "ansiblue",
    "learning": "ansired",
    "due": "ansigreen",
    "correct": "ansigreen bold",
    "partial": "ansiyellow bold",
    "wrong": "ansired bold",
    "answer": "bold",
    "suggested": "bold underline",
    "prompt": "ansicyan bold",
    "option": "ansicyan",
    "quoted": "ansiyellow",
    "again": "ansired",
    "hard": "ansiyellow",
    "good": "ansigreen",
    "easy": "ansigreen",
}
