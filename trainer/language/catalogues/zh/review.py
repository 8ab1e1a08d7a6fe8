"""Around a session, in Chinese."""

MESSAGES = {
    "review.all-done": "今天没有要复习的了。",
    "review.deck-errors": "牌组文件有 {count} 处错误；运行 `trainer deck lint` 查看。",
    "review.hard-card": "- {question}",
    "review.hard-card-why": "- {question}{remark}",
    "review.hardest": "最难的：",
    "review.left": "今天还剩 {count} 张。",
    "review.next-step": "暂时学完了。下一个学习步骤在 {wait} 后。",
    "review.summary": "{cards} 张卡片，{answers} 次回答，首次答对 {right} 张，用时 {time}。",
    "review.tomorrow": "明天目前有 {count} 张到期。",
    "review.week": "最近七天：{days} 其中 {count} 天学习过。",
}
