"""Reads of the room: what visitors see (`public`), and what organisers prepare."""
