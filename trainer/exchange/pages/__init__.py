"""Pages to look at or to print: one file each, which loads nothing from anywhere."""
