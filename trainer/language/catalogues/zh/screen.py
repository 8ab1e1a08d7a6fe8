"""The review screen, in Chinese."""

MESSAGES = {
    "screen.days": "{n} 天",
    "screen.due": "到期 {n}",
    "screen.hours": "{n} 小时",
    "screen.key-dont-know": "^G 不会",
    "screen.key-flip": "空格 看答案",
    "screen.key-quit": "q/^C 退出",
    "screen.key-quit-typing": "^C 退出",
    "screen.key-submit": "回车 提交",
    "screen.key-take": "回车 = {rating}",
    "screen.key-undo": "u/^_ 撤销评分",
    "screen.key-undo-typing": "^_ 撤销评分",
    "screen.learning": "学习中 {n}",
    "screen.minutes": "{n} 分钟",
    "screen.months": "{n} 个月",
    "screen.new": "新 {n}",
    "screen.now": "现在",
    "screen.seconds": "{n} 秒",
    "screen.years": "{n} 年",
}
