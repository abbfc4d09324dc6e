"""The only writes: beginning a road map, its rows, its steps, what tutors say, outcomes."""
