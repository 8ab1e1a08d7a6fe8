"""Grammars, in Chinese."""

MESSAGES = {
    "grammar.commands": "命令数",
    "grammar.harvested": "{path}：{count} 个命令。",
    "grammar.harvesting": "正在读取 {program} 的帮助页，最多需要一分钟……",
    "grammar.name": "名称",
    "grammar.program": "程序",
    "grammar.version": "版本",
}
