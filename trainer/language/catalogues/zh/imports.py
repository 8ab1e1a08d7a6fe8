"""What is said of imports, in Chinese."""

MESSAGES = {
    "imports.as-before": "{count} 个牌组没有变化。",
    "imports.deck": "{deck}：新增 {added} 张，更新 {updated} 张，未变 {unchanged} 张（{path}）",
    "imports.dry-run": "没有写入任何内容，以上只是预演。",
    "imports.guess": "文件不是 UTF-8，已按 {encoding} 读取，其中一行是：{line}（不对时请用 --encoding 指定编码）",
    "imports.kept": "{deck}：有 {kept} 张与文件不同的卡片保持原样，因为 {path} 是随程序安装的，或由人手工排版。",
    "imports.left-out": "{deck}：有 {left_out} 张卡片无法放进牌组，已略去：",
    "imports.log": "日志：新增 {reviews} 个回答和 {others} 条其他记录，{known} 条已经有了。",
    "imports.no-column": "无",
    "imports.nothing": "没有可以导入的内容。",
    "imports.sitting": "正在进行的学习会继续用原来的卡片；导入的内容从现在起都算数，新卡片在下一次学习时出现。",
    "imports.skipped-media": "略去了 {count} 个图片或声音。",
    "imports.skipped-no-history": "有 {count} 张卡片有复习安排，日志里却没有回答，将从新卡开始。",
    "imports.skipped-no-question": "有 {count} 条缺少问题或答案，已略去。",
    "imports.skipped-twice": "有 {count} 条的标识重复，已略去。",
    "imports.which-answer": "哪一列是答案？",
    "imports.which-deck": "哪一列是牌组名？",
    "imports.which-id": "哪一列能始终区分各张卡片？",
    "imports.which-question": "哪一列是问题？",
    "imports.which-tags": "哪一列是标签？",
    "imports.which-why": "哪一列是解释？",
}
