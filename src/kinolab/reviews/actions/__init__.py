"""The only writes of the room: readers, conflicts, assignment, readings, reminders."""
