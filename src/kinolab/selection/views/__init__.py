"""Pages of the room: the board, letters, the announcement, results."""
