"""Command-line grammars as data: one JSON file a program."""

SHIPPED = ("docker",)
