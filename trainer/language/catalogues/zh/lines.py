"""Line mode, in Chinese."""

MESSAGES = {
    "lines.choice": "{number}. {text}",
    "lines.choose": "输入选项的编号：",
    "lines.flip": "想好后按回车：",
    "lines.heading": "第 {number} 张 - {title}。剩余：新 {new}，学习中 {learning}，待复习 {due}",
    "lines.help": ":u 撤销，:s 跳过，:b 搁置到明天，:! 暂停，:f 标记，:h 提示，:o 推翻判定，:q 退出。答案末尾加 ` =1` 到 ` =4` 可直接评分。",
    "lines.hints-off": "提示已关闭（review.hints）。",
    "lines.leech": "`{card}` 已经忘了 {count} 次。可拆成两张，或加一条提示：`trainer deck edit {card}`。",
    "lines.marked": "{what}：{card}",
    "lines.no-hint": "没有更多提示了。",
    "lines.no-such-choice": "请输入 1 到 {count} 之间的编号；不知道就直接按回车。",
    "lines.no-such-order": "请把 1 到 {count} 各输入一次，不知道就直接按回车。",
    "lines.put-in-order": "按顺序输入编号，例如 3 1 2：",
    "lines.rate-2": "评分：1 重来，2 良好 [{suggested}]：",
    "lines.rate-4": "评分：1 重来，2 困难，3 良好，4 简单 [{suggested}]：",
    "lines.recorded": "{rating} {sign} {interval}",
    "lines.type-command": "$",
    "lines.type-words": ">",
}
