"""Decks, in Chinese."""

MESSAGES = {
    "decks.cards": "卡片",
    "decks.deck": "牌组",
    "decks.linted": "{decks} 个牌组，{cards} 张卡片，{problems} 个问题。",
    "decks.title": "标题",
}
