"""What the user can mend, in Chinese."""

MESSAGES = {
    "errors.grammar-missing": "语法文件中的 `{where}` 缺少字段 `{field}`。",
    "errors.grammar-not-json": "语法文件 `{path}` 不是 JSON：{reason}。",
    "errors.grammar-schema": "语法文件的格式版本是 {found}，本程序只读 {known}。请重新采集该语法。",
    "errors.grammar-unknown": "语法文件中的 `{where}` 有未知字段 `{field}`。",
    "errors.grammar-value": "语法文件中的 `{where}` 应为{wanted}。",
    "errors.grammar-wants-flag": " true 或 false",
    "errors.grammar-wants-letter": "单个字母",
    "errors.grammar-wants-list": "列表",
    "errors.grammar-wants-mapping": "映射",
    "errors.grammar-wants-number": "数字",
    "errors.grammar-wants-text": "文本",
    "errors.grammar-wants-words": "以单个空格分隔的单词",
    "errors.no-such-grammar": "没有名为 `{name}` 的语法。随程序提供的有：{known}。",
    "errors.program-missing": "无法启动 `{program}`。是否已安装并在 PATH 中？",
    "errors.program-without-help": "`{program} --help` 没有列出可识别的命令。它是带子命令的命令行客户端吗？",
}
