"""Rules of the outbox."""
