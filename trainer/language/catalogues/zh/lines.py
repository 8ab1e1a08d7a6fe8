"""Line mode, in Chinese."""

MESSAGES = {
    "lines.answer": "答案：{text}",
    "lines.flip": "想好后按回车：",
    "lines.heading": "第 {number} 张 - {title}。剩余：新 {new}，学习中 {learning}，待复习 {due}",
    "lines.notes": "勘误：{text}",
    "lines.nothing-taken-back": "没有可以撤销的复习。",
    "lines.question": "问题：{text}",
    "lines.rate": "评分：1 重来，2 困难，3 良好，4 简单 [{suggested}]：",
    "lines.recorded": "{rating} → {interval}",
    "lines.source": "出处：{text}",
    "lines.taken-back": "已撤销：{card}",
    "lines.type-answer": "$",
    "lines.why": "说明：{text}",
}
