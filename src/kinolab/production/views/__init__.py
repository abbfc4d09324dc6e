"""HTTP on one side, one query or one action on the other."""
