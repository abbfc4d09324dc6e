"""SQLite as a database back end that knows more letters than ASCII."""
