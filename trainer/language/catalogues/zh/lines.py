"""Line mode, in Chinese."""

MESSAGES = {
    "lines.flip": "想好后按回车：",
    "lines.heading": "第 {number} 张 - {title}。剩余：新 {new}，学习中 {learning}，待复习 {due}",
    "lines.rate": "评分：1 重来，2 困难，3 良好，4 简单 [{suggested}]：",
    "lines.recorded": "{rating} → {interval}",
    "lines.type-answer": "$",
}
