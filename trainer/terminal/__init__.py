"""What the learner sees."""
