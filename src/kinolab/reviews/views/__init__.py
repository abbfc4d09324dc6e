"""Pages of readers and of those who give them work."""
