"""The trainer: study notes on a command-line tool become lasting knowledge."""
