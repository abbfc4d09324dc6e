"""Rules of ranking, quotas and announcing."""
