"""What is said about a card, in Chinese."""

MESSAGES = {
    "words.notes-outdated": "笔记原文 `{said}`，已经过时",
    "words.notes-platform": "笔记原文 `{said}`，因平台而异",
    "words.notes-wrong": "笔记原文 `{said}`，有误",
    "words.rating-again": "重来",
    "words.rating-easy": "简单",
    "words.rating-good": "良好",
    "words.rating-hard": "困难",
    "words.source-line": "{section}，第 {first} 行",
    "words.source-lines": "{section}，第 {first}-{last} 行",
    "words.verdict-correct": "正确",
    "words.verdict-partial": "部分正确",
    "words.verdict-unjudged": "请自己判断",
    "words.verdict-unknown": "没有作答",
    "words.verdict-wrong": "不对",
}
