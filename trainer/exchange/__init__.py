"""Other formats: one file each, one registry."""
