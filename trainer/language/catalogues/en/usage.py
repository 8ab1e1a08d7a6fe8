"""A wrong command line, in English."""

MESSAGES = {
    "usage.bad-value": "`{name}` cannot be `{value}`.",
    "usage.error": "{what} `{command} -h` tells more.",
    "usage.extra": "`{words}` is not expected here; what has blanks in it goes in quotes.",
    "usage.missing": "`{name}` is missing.",
    "usage.no-choice": "`{name}` cannot be `{value}`; it is one of {known}.",
    "usage.no-number": "`{name}` cannot be `{value}`; it is a number from {least} to {most}.",
    "usage.no-number-from": "`{name}` cannot be `{value}`; it is a number from {least} on.",
    "usage.no-value": "`{name}` needs a value.",
    "usage.unknown-command": "There is no command `{name}`.",
    "usage.unknown-command-near": "There is no command `{name}`, did you mean `{near}`?",
    "usage.unknown-option": "There is no option `{name}`.",
    "usage.unknown-option-near": "There is no option `{name}`, did you mean `{near}`?",
}
