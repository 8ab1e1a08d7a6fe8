"""Chinese messages."""
