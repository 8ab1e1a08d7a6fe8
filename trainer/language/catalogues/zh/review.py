"""Around a session, in Chinese."""

MESSAGES = {
    "review.all-done": "今天没有要复习的了。",
    "review.backlog-any": "今天先复习 {all} 张中的 {shown} 张，其余不着急。",
    "review.backlog-risk": "今天先复习 {all} 张中的 {shown} 张，最容易忘的在前，其余不着急。",
    "review.break": "隔了 {days} 天，欢迎回来。`trainer review --catch-up {count}` 把积压分成小份，补完之前不出新卡。",
    "review.card-gone": "牌组里已经没有卡片 {card}。",
    "review.deck-errors": "牌组文件有 {count} 处错误；运行 `trainer deck lint` 查看。",
    "review.hard-card": "- {question}",
    "review.hard-card-why": "- {question}{remark}",
    "review.hardest": "最难的：",
    "review.left": "今天还剩 {count} 张。",
    "review.more": "还有 {count} 张在等：运行 `trainer review` 继续。",
    "review.next-step": "暂时学完了。下一个学习步骤在 {wait} 后。",
    "review.summary": "{cards} 张卡片，{answers} 次回答，首次答对 {right} 张，用时 {time}。",
    "review.tomorrow": "明天目前有 {count} 张到期。",
    "review.unreadable-edit": "文件里有错误，运行 `trainer deck lint` 查看位置。这张卡片仍按原样提问。",
    "review.week": "最近七天：{days} 其中 {count} 天学习过。",
    "review.welcome": "欢迎。在这里每天花几分钟，复习你自己的笔记。",
    "review.welcome-grading": "输入的命令按实际效果判定：只要写法正确就算对。",
    "review.welcome-schedule": "每张卡片由你说出掌握得如何，程序据此安排下次出现的时间。",
    "review.welcome-start": "先从 {count} 张简单的卡片开始。按 `?` 或 F1 查看按键；每次回答都会立即保存。",
}
