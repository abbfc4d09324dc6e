"""Search: one folding of seven alphabets, and the two databases made to agree on it. No tables."""
