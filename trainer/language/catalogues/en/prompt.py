"""What is due, in a shell prompt, in English."""

MESSAGES = {
    "prompt.between": ", ",
    "prompt.due": "{n} due",
    "prompt.new": "{n} new",
}
