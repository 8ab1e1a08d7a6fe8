"""Questions that the program makes, in Chinese."""

MESSAGES = {
    "questions.effect": "这一行完成的是下面哪项任务？\n\n`{line}`",
    "questions.generated": "自动生成",
    "questions.made-choices": "选择题",
    "questions.made-command": "看任务选命令",
    "questions.made-effect": "看命令选任务",
    "questions.made-meaning": "选项的用途",
    "questions.made-missing": "缺少的选项",
    "questions.made-slip": "找出错误",
    "questions.meaning": "`{command}` 的 `{option}` 是下面哪个问题的答案？",
    "questions.mend-before": "`{option}` 应该写在 `{first}` 后面。",
    "questions.mend-behind": "`{option}` 应该写在 `{first}` 前面。",
    "questions.mend-command": "命令应该是 `{now}`，不是 `{was}`。",
    "questions.mend-operands": "`{one}` 和 `{other}` 应该对调。",
    "questions.mend-option": "应该用 `{now}`，而不是 `{was}`。",
    "questions.missing": "{ask}\n\n下面缺了一个选项：`{line}`",
    "questions.preview": "{card}（{generated}：{made}）",
    "questions.slip-choose": "{ask}\n\n这一行错在哪里？\n\n`{line}`",
    "questions.slip-type": "{ask}\n\n这一行有一处错误，请写出正确的：\n\n`{line}`",
}
