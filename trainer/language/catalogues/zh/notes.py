"""Notes, in Chinese."""

MESSAGES = {
    "notes.cards": "卡片",
    "notes.check-changed": "{card}：大纲生成之后，`{section}` 有改动",
    "notes.check-gone": "{card}：笔记里已经没有 `{section}`",
    "notes.check-outside": "{card}：第 {lines} 行不在 `{section}` 之内",
    "notes.check-unknown": "{card}：大纲里没有章节 `{section}`",
    "notes.checks": "需要检查的引用（{count} 处）：",
    "notes.covered": "覆盖率",
    "notes.draft-remark": "草稿：请补全每张卡片，完成后去掉标签 `draft`。",
    "notes.drafted": "已起草 {count} 张卡片。补全之后，请运行 `trainer deck lint`。",
    "notes.gone": "已不存在",
    "notes.lines": "行",
    "notes.outline-made": "牌组旁没有与这份笔记相符的大纲，章节取自笔记的标题。",
    "notes.outline-used": "章节和行号以 {path} 为准。",
    "notes.outside": "不属于任何章节",
    "notes.refreshed": "保留 {kept} 个章节（其中 {changed} 个有改动），新增 {new} 个，消失 {gone} 个。",
    "notes.refreshed-gone": "已消失：{slugs}。引用它们的卡片要改用其他章节。",
    "notes.refreshed-moved": "已移动：{slugs}。其卡片引用的行号也要相应修改。",
    "notes.section": "章节",
    "notes.total": "合计",
    "notes.uncited": "没有卡片引用的行：",
}
