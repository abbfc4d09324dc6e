"""Pages of the room: for visitors, and for those who edit."""
