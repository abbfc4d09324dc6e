"""Rules of the window and of the regulations."""
