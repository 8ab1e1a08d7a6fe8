"""Notes, in English."""

MESSAGES = {
    "notes.cards": "cards",
    "notes.check-changed": "{card}: `{section}` has changed since the outline was made",
    "notes.check-gone": "{card}: `{section}` is no longer in the notes",
    "notes.check-outside": "{card}: lines {lines} lie outside of `{section}`",
    "notes.check-unknown": "{card}: the outline has no section `{section}`",
    "notes.checks": "{count} {count:plural citation/citations} to check:",
    "notes.covered": "covered",
    "notes.draft-remark": "A draft: complete each card, then take its tag `draft` away.",
    "notes.drafted": "{count} {count:plural card/cards} drafted. Complete them, then run `trainer deck lint`.",
    "notes.gone": "gone",
    "notes.lines": "lines",
    "notes.outline-made": "No outline beside the decks fits these notes; the sections are made of their headings.",
    "notes.outline-used": "Sections and lines as in {path}.",
    "notes.outside": "outside all sections",
    "notes.refreshed": "{kept} {kept:plural section/sections} kept ({changed} changed), {new} new, {gone} gone.",
    "notes.refreshed-gone": "Gone: {slugs}. Cards that cite them need another section.",
    "notes.refreshed-moved": "Moved: {slugs}. Move the lines that their cards cite, too.",
    "notes.section": "section",
    "notes.total": "total",
    "notes.uncited": "Lines that no card cites:",
}
