"""Rules of counting and of checking answers."""
