"""What is due, in a shell prompt, in Chinese."""

MESSAGES = {
    "prompt.between": "，",
    "prompt.due": "{n} 张到期",
    "prompt.new": "{n} 张新卡",
}
