"""A wrong command line, in Chinese."""

MESSAGES = {
    "usage.bad-value": "`{name}` 不能是 `{value}`。",
    "usage.error": "{what}运行 `{command} -h` 查看用法。",
    "usage.extra": "这里不需要 `{words}`；含空格的内容要加引号。",
    "usage.missing": "缺少 `{name}`。",
    "usage.no-choice": "`{name}` 不能是 `{value}`；可用的有 {known}。",
    "usage.no-number": "`{name}` 不能是 `{value}`；应为 {least} 到 {most} 的数。",
    "usage.no-number-from": "`{name}` 不能是 `{value}`；应为不小于 {least} 的数。",
    "usage.no-value": "`{name}` 后面要有值。",
    "usage.unknown-command": "没有命令 `{name}`。",
    "usage.unknown-command-near": "没有命令 `{name}`，是否想写 `{near}`？",
    "usage.unknown-option": "没有选项 `{name}`。",
    "usage.unknown-option-near": "没有选项 `{name}`，是否想写 `{near}`？",
}
