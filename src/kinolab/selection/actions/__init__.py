"""The only writes: decisions, quotas, letters, the announcement."""
