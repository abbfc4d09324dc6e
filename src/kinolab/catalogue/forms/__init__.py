"""The shape of what editors of the catalogue type. Nothing is saved here."""
