"""Statistics, in English."""

MESSAGES = {
    "stats.forecast": "Due in the coming days",
    "stats.learning": "learning",
    "stats.leeches": "{count} of them {count:plural is a leech/are leeches}: `trainer card list --leeches`",
    "stats.new": "new",
    "stats.retention": "True retention",
    "stats.review": "review",
    "stats.span-all": "all",
    "stats.span-month": "30 days",
    "stats.span-today": "today",
    "stats.span-week": "7 days",
    "stats.span-year": "year",
    "stats.states": "Cards",
    "stats.suspended": "suspended",
    "stats.today": "Today: {count} {count:plural answer/answers} in {time} min ({total} in all)",
    "stats.total": "total",
}
