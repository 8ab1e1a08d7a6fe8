"""What grading notices, in Chinese."""

MESSAGES = {
    "findings.differs": "应为 `{expected}`。",
    "findings.empty": "没有输入任何内容。",
    "findings.missing-word": "缺少：`{subject}`。",
    "findings.extra-word": "多余：`{subject}`。",
    "findings.typo": "笔误：`{subject}` 应为 `{expected}`。",
}
