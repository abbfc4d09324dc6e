"""The only writes of the room: programme files, copies of editions, publishing, dates and texts."""
