"""What grading notices, in English."""

MESSAGES = {
    "findings.differs": "Expected `{expected}`.",
    "findings.empty": "Nothing was typed.",
    "findings.missing-word": "Missing: `{subject}`.",
    "findings.extra-word": "Not asked for: `{subject}`.",
    "findings.typo": "A slip: `{subject}` should be `{expected}`.",
}
