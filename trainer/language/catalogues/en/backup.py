"""What is said of backups, in English."""

MESSAGES = {
    "backup.aside": "What it replaced is kept as {name}.",
    "backup.at": "Made",
    "backup.good": "{name}: good, {rows} {rows:plural entry/entries}",
    "backup.made": "Backed up: {name}",
    "backup.name": "Backup",
    "backup.none": "There are no backups yet. One is made on each day you study.",
    "backup.not-today": "Today's backup could not be made. {reason}",
    "backup.reason": "Why",
    "backup.reason-asked": "you asked",
    "backup.reason-daily": "daily",
    "backup.reason-import": "before an import",
    "backup.reason-migration": "before an upgrade",
    "backup.reason-restore": "before a restore",
    "backup.restored": "Restored: {name}",
    "backup.size": "Size",
}
