"""Reads: the board, letters, the announcement, results."""
