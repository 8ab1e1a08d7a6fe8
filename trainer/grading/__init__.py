"""Judging a typed answer: from text to a verdict."""
