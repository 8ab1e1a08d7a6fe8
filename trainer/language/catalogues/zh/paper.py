"""Pages to print, in Chinese."""

MESSAGES = {
    "paper.cards": "可剪下的卡片",
    "paper.how-to-cut": "请双面打印，沿长边翻转，按实际大小（100%）输出，然后沿虚线剪开。正反两面位置对应，编号相同。",
    "paper.list": "问题与答案",
    "paper.no-commands": "这些卡片里没有要输入的命令。",
    "paper.sheet": "速查表",
}
