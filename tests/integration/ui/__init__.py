"""Base pages, tags and error pages."""
