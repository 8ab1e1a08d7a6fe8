"""A sitting: which card is asked next, and what an answer leads to."""
