"""Grammars, in Chinese."""

MESSAGES = {
    "grammar.commands": "命令数",
    "grammar.harvested": "{path}：{count} 个命令。",
    "grammar.harvesting": "正在读取 {program} 的帮助页，最多需要一分钟……",
    "grammar.instead": "{remark}，现在用 `{instead}`",
    "grammar.name": "名称",
    "grammar.program": "程序",
    "grammar.removed": "已移除",
    "grammar.removed-in": "{version} 版起移除",
    "grammar.version": "版本",
}
