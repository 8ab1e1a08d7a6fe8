"""The parts of a command line, in English."""

MESSAGES = {
    "explain.kind": "kind",
    "explain.name": "name",
    "explain.role": "part",
    "explain.role-assignment": "assignment",
    "explain.role-command": "command",
    "explain.role-connector": "connector",
    "explain.role-operand": "operand",
    "explain.role-option": "option",
    "explain.role-program": "program",
    "explain.role-redirect": "redirect",
    "explain.role-wrapper": "wrapper",
    "explain.text": "text",
    "explain.value": "value",
}
