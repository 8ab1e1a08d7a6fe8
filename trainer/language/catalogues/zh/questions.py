"""Questions that the program makes, in Chinese."""

MESSAGES = {
    "questions.effect": "这一行是用来做什么的？\n\n`{line}`",
    "questions.generated": "自动生成",
    "questions.meaning": "什么时候要用 `{command}` 的 `{option}`？",
    "questions.missing": "{ask}\n\n下面缺了一个选项：`{line}`",
    "questions.mend-before": "`{option}` 应该写在 `{first}` 后面。",
    "questions.mend-behind": "`{option}` 应该写在 `{first}` 前面。",
    "questions.mend-command": "命令应该是 `{now}`，不是 `{was}`。",
    "questions.mend-operands": "`{one}` 和 `{other}` 应该对调。",
    "questions.mend-option": "应该用 `{now}`，而不是 `{was}`。",
    "questions.slip-choose": "{ask}\n\n这一行错在哪里？\n\n`{line}`",
    "questions.slip-type": "{ask}\n\n这一行有一处错误，请写出正确的：\n\n`{line}`",
}
