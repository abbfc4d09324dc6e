"""HTTP on one side, one query or one action on the other: for visitors, as feeds, for those who write."""
