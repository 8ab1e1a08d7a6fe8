"""Anki: packages written and read, without any code of Anki's."""
