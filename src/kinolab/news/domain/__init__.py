"""Rules of the newsroom: when an article may be published, and the address it gets from its title."""
