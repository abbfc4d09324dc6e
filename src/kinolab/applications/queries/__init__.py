"""Reads of the room: the form, the facts for the rules, the snapshot, a person's own applications."""
