"""Rules of the window, of the regulations, and of who meets them."""
