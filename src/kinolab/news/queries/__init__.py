"""Reads: what visitors see, what the newsroom sees."""
