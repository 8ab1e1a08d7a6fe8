"""Questions that the program makes, in English."""

MESSAGES = {
    "questions.effect": "Which of these tasks does this line carry out?\n\n`{line}`",
    "questions.generated": "generated",
    "questions.made-choices": "multiple choice",
    "questions.made-command": "which line",
    "questions.made-effect": "what a line does",
    "questions.made-meaning": "what an option is for",
    "questions.made-missing": "a missing option",
    "questions.made-slip": "a slip",
    "questions.meaning": "Which of these questions does `{option}` of `{command}` answer?",
    "questions.mend-before": "`{option}` belongs after `{first}`.",
    "questions.mend-behind": "`{option}` belongs before `{first}`.",
    "questions.mend-command": "The command is `{now}`, not `{was}`.",
    "questions.mend-operands": "`{one}` and `{other}` must change places.",
    "questions.mend-option": "It takes `{now}` in place of `{was}`.",
    "questions.missing": "{ask}\n\nAn option is missing here: `{line}`",
    "questions.preview": "{card}  ({generated}: {made})",
    "questions.slip-choose": "{ask}\n\nWhat is wrong with this line?\n\n`{line}`",
    "questions.slip-type": "{ask}\n\nThere is a mistake in this line; write it correctly:\n\n`{line}`",
}
