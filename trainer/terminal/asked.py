"""A question as it is shown: its page, its keys, and how many hints can be had."""

from dataclasses import dataclass

from trainer.cards.card import Prompt
from trainer.language.text import Language
from trainer.study.loop import View
from trainer.study.session import Asking
from trainer.terminal.desk import Desk
from trainer.terminal.foot import question_keys
from trainer.terminal.look import Look
from trainer.terminal.page import Frame, Page, Seen, question_page
from trainer.terminal.preferences import Preferences


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that is laid out when the size of the terminal is known."""

    asking: Asking
    prompt: Prompt
    hints: int
    frame: Frame

    def lay_out(self, look: Look, seen: Seen) -> Page:
        """Return the page."""
        return question_page(self.asking, self.frame, seen, look)


def asked(
    asking: Asking,
    view: View,
    desk: Desk,
    preferences: Preferences,
    language: Language,
) -> Asked:
    """Put together what is shown of a question."""
    content = asking.card.content
    prompt = content.prompt(language)
    hints = len(content.hints(language)) if preferences.hints else 0
    keys = tuple(question_keys(prompt, view, hints, language))
    return Asked(asking, prompt, hints, Frame(desk.title(asking.card.id), view, keys))
