"""The report: what statistics say, as panels of a page."""
