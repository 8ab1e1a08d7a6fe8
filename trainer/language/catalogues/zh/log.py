"""Looking back, in Chinese."""

MESSAGES = {
    "log.undone": "已撤销：{card}（{rating}）",
}
