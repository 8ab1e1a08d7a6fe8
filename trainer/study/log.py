"""Rows of the log, of any kind."""

from trainer.scheduling.marks import Mark
from trainer.scheduling.parameters import Fit
from trainer.scheduling.review import Retraction, Review
from trainer.study.quiz.record import QuizAnswer, QuizBegun

LogRow = Review | Retraction | Mark | Fit | QuizBegun | QuizAnswer
"""A row of the log."""
