"""Pages of the room: the list of an edition, one's own, a road map whole and step by step."""
