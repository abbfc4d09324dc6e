"""Rules of the calendar and of roles."""
