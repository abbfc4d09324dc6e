"""The only writes of the room. Each opens its transaction, asks whether it may, writes, and records it."""
