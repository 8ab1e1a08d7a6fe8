"""The settings that count what is due, as plain numbers: `trainer due` starts fast."""

from datetime import timedelta

ROLLOVER = timedelta(hours=4)
LEARN_AHEAD = timedelta(minutes=20)
NEW_PER_DAY = 20
REVIEWS_PER_DAY = 200
SIBLING_SPACING = True
