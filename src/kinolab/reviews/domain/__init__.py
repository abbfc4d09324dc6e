"""Rules of reading: conflicts, assignment, stages and scores."""
