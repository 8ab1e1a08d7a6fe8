"""The groups of commands in the help."""

STUDY = "Study"
DECKS = "Decks and notes"
LOOK_BACK = "Look back"
KEEP = "Keep"
TOOLS = "Tools"
