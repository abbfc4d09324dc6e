"""Pages of the room: those for visitors (`public`, `calendar`, `share`) and those for organisers."""
