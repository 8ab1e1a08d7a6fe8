"""Quizzes: questions made of cards, for a test that leaves the schedule alone."""
