"""Today at a glance, in Chinese."""

MESSAGES = {
    "today.counts": "今天：待复习 {due}，学习中 {learning}，新卡 {new}。",
    "today.done": "今天已回答 {done} 次。",
    "today.free": "没有要复习的。查看统计：trainer stats",
    "today.waiting": "开始学习：trainer review",
    "today.welcome": "还没有开始：先从五张简单的卡片学起。",
}
