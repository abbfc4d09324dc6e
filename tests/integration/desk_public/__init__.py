"""The public home, and what machines ask."""
