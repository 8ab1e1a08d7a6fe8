"""Fitting the parameters, in Chinese."""

MESSAGES = {
    "optimize.after": "拟合后",
    "optimize.answers": "{answers} 次回答中有 {usable} 次可用，即与上一次相隔一天以上的。",
    "optimize.before": "当前",
    "optimize.held-out": "用最新的五分之一检验：{since} 起的 {reviews} 次复习。",
    "optimize.initial": "可用的不足 {fewest} 次，因此只拟合了初始稳定性。",
    "optimize.kept": "拟合出的参数在这部分上预测得更准，已用全部记录重新拟合并启用。",
    "optimize.log-loss": "对数损失",
    "optimize.not-better": "拟合出的参数在这部分上并不更准，继续使用当前参数。",
    "optimize.reset": "已恢复默认参数。",
    "optimize.rmse": "RMSE（分组）",
    "optimize.span": "涉及 {cards} 张卡片，从 {first} 到 {last}。",
    "optimize.too-few": "至少需要 {fewest} 次。继续使用当前参数。",
    "optimize.would-keep": "拟合出的参数在这部分上预测得更准。没有改动任何内容。",
    "optimize.would-reset": "将恢复默认参数。没有改动任何内容。",
}
