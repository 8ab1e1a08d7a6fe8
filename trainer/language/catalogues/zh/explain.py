"""The parts of a command line, in Chinese."""

MESSAGES = {
    "explain.kind": "值的种类",
    "explain.name": "名称",
    "explain.role": "成分",
    "explain.role-assignment": "赋值",
    "explain.role-command": "命令",
    "explain.role-connector": "连接符",
    "explain.role-operand": "参数",
    "explain.role-option": "选项",
    "explain.role-program": "程序",
    "explain.role-redirect": "重定向",
    "explain.role-wrapper": "前缀",
    "explain.text": "文本",
    "explain.value": "值",
}
