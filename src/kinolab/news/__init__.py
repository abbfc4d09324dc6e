"""News: articles about labs and people. The smallest room, kept as the model room: read it whole before writing another.

Table: Article. Words: an article is a *draft* until it is *published*; each of its languages is *complete* when it has
a title and a text. One path through the room: urls → views → access (who may) → queries (what the page shows) or
actions (the only writes, with the rules of `domain` and the words of `words`).
"""
