"""What arguments and options can be completed with. All of it is loaded when asked."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from trainer.cli.options import Options
from trainer.language.text import Language
from trainer.storage.home import data_folder, deck_folders
from trainer.storage.names import DeckNames, Names, deck_names

# Completion makes the context's object the global options, so far as they are typed.


def complete_topics(context: typer.Context) -> Names:
    """Offer the decks, with their titles."""
    with _names(context.obj) as names:
        return names.topics()


def complete_cards(context: typer.Context, incomplete: str) -> Names:
    """Offer cards by their id, with their questions."""
    with _names(context.obj) as names:
        return names.cards(incomplete)


def complete_decks_and_cards(context: typer.Context, incomplete: str) -> Names:
    """Offer decks, and after a slash the cards of one."""
    if "/" in incomplete:
        return complete_cards(context, incomplete)
    return complete_topics(context)


def complete_tags(context: typer.Context) -> Names:
    """Offer the tags of cards."""
    with _names(context.obj) as names:
        return names.tags()


def complete_grammars(context: typer.Context) -> Names:
    """Offer the grammars that are shipped, and the learner's own."""
    from pathlib import Path

    from trainer.cli.grammars import own_grammars
    from trainer.exchange.harvest.files import list_grammars
    from trainer.grading.grammars import SHIPPED

    options: Options = context.obj
    own = list_grammars(Path(own_grammars(data_folder(options.home))))
    return [(name, "") for name in sorted({*SHIPPED, *own})]


def complete_formats() -> Names:
    """Offer the formats of exports."""
    from trainer.exchange import EXPORTERS

    return [(name, "") for name in EXPORTERS]


def complete_import_formats() -> Names:
    """Offer the formats of imports."""
    from trainer.exchange import IMPORTERS

    return [(name, "") for name in IMPORTERS]


def complete_sections(context: typer.Context) -> Names:
    """Offer the sections of the notes that cards cite."""
    with _names(context.obj) as names:
        return names.sections()


def complete_kinds() -> Names:
    """Offer what cards can be about."""
    from trainer.cards.card import Kind

    return [(kind.value, "") for kind in Kind]


def complete_forms() -> Names:
    """Offer the forms in which cards are asked."""
    from trainer.cards.forms import FORMS

    return [(name, "") for name in FORMS]


def complete_keys(context: typer.Context) -> Names:
    """Offer the keys of the configuration, with what they are."""
    from trainer.language.catalogue import say
    from trainer.storage.configuration.keys import KEYS

    options: Options = context.obj
    return [(name, say(options.lang, f"config.about-{name}")) for name in KEYS]


def complete_values(context: typer.Context) -> Names:
    """Offer values for the key that stands before: all of them, or the default."""
    from trainer.storage.configuration.keys import KEYS

    key = KEYS.get(str(context.params.get("key")))
    if key is None or context.params.get("values"):
        return []
    known = key.kind.limits.get("known")
    if key.kind.wanted == "switch":
        known = "yes, no"
    return [(value, "") for value in str(known or key.default).split(", ") if value]


def complete_help(context: typer.Context) -> Names:
    """Offer what there is help on."""
    from trainer.cli.app import COMMANDS
    from trainer.cli.commands.help import TOPICS
    from trainer.language.catalogue import say

    options: Options = context.obj
    topics = [(name, say(options.lang, f"help.about-{name}")) for name in TOPICS]
    return topics + [(name, "") for name in COMMANDS]


@contextmanager
def _names(options: Options) -> Iterator[DeckNames]:
    from trainer.cli.grammars import find_grammar

    home = data_folder(options.home)
    folders = deck_folders(options.decks, home)
    language = Language(options.lang)
    with deck_names(
        home, folders, lambda name: find_grammar(name, home), language
    ) as names:
        yield names
