"""A question as it is shown: its page, its keys, and whether hints can be had."""

from typing import NamedTuple

from trainer.cards.card import Prompt
from trainer.language.text import Language
from trainer.study.session import Asking
from trainer.study.view import View
from trainer.terminal.foot import question_keys
from trainer.terminal.look import Look
from trainer.terminal.page import Frame, Page, Seen, question_page
from trainer.terminal.preferences import Preferences


class Asked(NamedTuple):
    """A question that is laid out when the size of the terminal is known."""

    asking: Asking
    prompt: Prompt
    has_hints: bool
    frame: Frame

    def lay_out(self, look: Look, seen: Seen) -> Page:
        """Return the page."""
        return question_page(self.asking, self.frame, seen, look)

    def count_hints(self, language: Language) -> int:
        """Return how many hints there are; to find them the grammar is loaded."""
        return len(self.asking.card.content.hints(language))


def asked(
    asking: Asking,
    view: View,
    title: str,
    preferences: Preferences,
    language: Language,
) -> Asked:
    """Put together what is shown of a question, under the title of its topic."""
    prompt = asking.card.content.prompt(language)
    has_hints = preferences.hints and prompt.input.is_typed
    keys = question_keys(prompt, view, has_hints=has_hints, language=language)
    frame = Frame(title, view, tuple(keys))
    return Asked(asking, prompt, has_hints, frame)
