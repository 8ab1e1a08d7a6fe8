"""The log, in Chinese."""

MESSAGES = {
    "log.card": "卡片",
    "log.empty": "还没有任何学习记录。",
    "log.interval": "间隔",
    "log.outcome-correct": "正确",
    "log.outcome-partial": "部分",
    "log.outcome-unjudged": "自评",
    "log.outcome-wrong": "不对",
    "log.rating": "评分",
    "log.taken-back": "已撤销",
    "log.time": "时间",
    "log.typed": "输入",
    "log.values": "取值",
    "log.verdict": "判定",
}
