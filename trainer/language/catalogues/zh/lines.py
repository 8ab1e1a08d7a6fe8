"""Line mode, in Chinese."""

MESSAGES = {
    "lines.choice": "{number}. {text}",
    "lines.choose": "输入选项的编号：",
    "lines.flip": "想好后按回车：",
    "lines.heading": "第 {number} 张 - {title}。剩余：新 {new}，学习中 {learning}，待复习 {due}",
    "lines.put-in-order": "按顺序输入编号，例如 3 1 2：",
    "lines.rate": "评分：1 重来，2 困难，3 良好，4 简单 [{suggested}]：",
    "lines.recorded": "{rating} → {interval}",
    "lines.type-command": "$",
    "lines.type-words": ">",
}
