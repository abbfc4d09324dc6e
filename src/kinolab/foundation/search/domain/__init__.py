"""Rules of the search: endings, slips of the hand, how well a text answers. Plain Python."""
