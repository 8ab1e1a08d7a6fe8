"""Harvesting a grammar from a command-line client: its help, and what it refuses."""
