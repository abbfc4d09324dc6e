"""News: articles about labs and people. The smallest room, kept as the model room: read it whole before writing another.

Table: Article.
"""
