"""What the user can mend, in English."""

MESSAGES = {
    "errors.grammar-missing": "In the grammar file, `{where}` lacks the field `{field}`.",
    "errors.grammar-not-json": "The grammar file `{path}` is not JSON: {reason}.",
    "errors.grammar-schema": "The grammar file has schema {found}; this version of the trainer reads {known}. Harvest the grammar again.",
    "errors.grammar-unknown": "In the grammar file, `{where}` has an unknown field `{field}`.",
    "errors.grammar-value": "In the grammar file, `{where}` should be {wanted}.",
    "errors.grammar-wants-flag": "true or false",
    "errors.grammar-wants-letter": "one letter",
    "errors.grammar-wants-list": "a list",
    "errors.grammar-wants-mapping": "a mapping",
    "errors.grammar-wants-number": "a number",
    "errors.grammar-wants-text": "a text",
    "errors.grammar-wants-words": "words with one blank between two",
    "errors.no-such-grammar": "There is no grammar `{name}`. Those that come with the trainer: {known}.",
    "errors.program-missing": "`{program}` cannot be started. Is it installed, and on the PATH?",
    "errors.program-without-help": "`{program} --help` lists no commands that could be read. Is it a command-line client with subcommands?",
}
