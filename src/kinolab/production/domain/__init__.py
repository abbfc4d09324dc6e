"""Rules of making a film of several films."""
