"""Decks, in Chinese."""

MESSAGES = {
    "decks.added": "已添加 `{card}`，位于 {path}:{line}。",
    "decks.cards": "卡片",
    "decks.deck": "牌组",
    "decks.edited": "{path}：{problems} 个问题。",
    "decks.linted": "{decks} 个牌组，{cards} 张卡片，{problems} 个问题。",
    "decks.new": "已新建牌组 `{deck}`。用 `trainer deck add {deck}` 添加卡片。",
    "decks.not-added": "没有写入任何内容。卡片原本会写成这样：",
    "decks.one-language": "有的文字只写了一种语言，另一种语言下也会显示它。用 `trainer deck edit {card}` 补上。",
    "decks.title": "标题",
}
