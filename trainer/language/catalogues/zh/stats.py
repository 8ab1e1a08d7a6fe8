"""Statistics, in Chinese."""

MESSAGES = {
    "stats.forecast": "未来几天到期",
    "stats.learning": "学习中",
    "stats.leeches": "其中 {count} 张是难记卡：`trainer card list --leeches`",
    "stats.new": "新卡",
    "stats.retention": "真实记忆率",
    "stats.review": "复习中",
    "stats.span-all": "全部",
    "stats.span-month": "30 天",
    "stats.span-today": "今天",
    "stats.span-week": "7 天",
    "stats.span-year": "一年",
    "stats.states": "卡片",
    "stats.suspended": "已暂停",
    "stats.today": "今天：{count} 次回答，用时 {time}（累计 {total} 次）",
    "stats.total": "合计",
}
