"""The shape of what is typed about films, credits and series. Nothing is saved here."""
