"""The trainer: study notes on a command-line tool become lasting knowledge."""

__version__ = "0.1.0"
