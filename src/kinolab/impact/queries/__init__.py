"""Reads: a road map whole, the list of an edition, one step of the path."""
