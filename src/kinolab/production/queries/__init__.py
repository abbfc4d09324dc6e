"""Reads of the room, by the page that needs them."""
