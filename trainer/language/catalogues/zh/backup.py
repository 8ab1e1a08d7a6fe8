"""What is said of backups, in Chinese."""

MESSAGES = {
    "backup.aside": "被替换的数据库已另存为 {name}。",
    "backup.at": "时间",
    "backup.good": "{name}：完好，共 {rows} 条记录",
    "backup.made": "已备份：{name}",
    "backup.name": "备份",
    "backup.none": "还没有备份。每个学习日会自动备份一次。",
    "backup.not-today": "今天的备份未能完成。{reason}",
    "backup.reason": "原因",
    "backup.reason-asked": "手动",
    "backup.reason-daily": "每日",
    "backup.reason-import": "导入之前",
    "backup.reason-migration": "升级之前",
    "backup.reason-restore": "恢复之前",
    "backup.restored": "已恢复：{name}",
    "backup.size": "大小",
}
