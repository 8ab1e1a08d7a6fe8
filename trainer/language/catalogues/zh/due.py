"""How much is due, in Chinese."""

MESSAGES = {
    "due.due": "待复习",
    "due.learning": "学习中",
    "due.new": "新卡",
    "due.some": "{all} 中的 {some}",
    "due.topic": "主题",
    "due.total": "合计",
}
