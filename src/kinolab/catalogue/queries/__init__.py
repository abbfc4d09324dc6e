"""Reads: pages of visitors and of those who edit, facts for the rules."""
