"""Questions that the program makes, in English."""

MESSAGES = {
    "questions.effect": "What is this line good for?\n\n`{line}`",
    "questions.generated": "generated",
    "questions.meaning": "What do you need `{option}` of `{command}` for?",
    "questions.missing": "{ask}\n\nAn option is missing here: `{line}`",
    "questions.mend-before": "`{option}` belongs after `{first}`.",
    "questions.mend-behind": "`{option}` belongs before `{first}`.",
    "questions.mend-command": "The command is `{now}`, not `{was}`.",
    "questions.mend-operands": "`{one}` and `{other}` must change places.",
    "questions.mend-option": "It takes `{now}` in place of `{was}`.",
    "questions.slip-choose": "{ask}\n\nWhat is wrong with this line?\n\n`{line}`",
    "questions.slip-type": "{ask}\n\nThere is a mistake in this line; write it correctly:\n\n`{line}`",
}
