"""Pages made of many rooms."""
