"""News: articles about labs, films and people, and pages that stand. A small room, kept as the model room: read it whole.

Tables: Article, Version, Correction, Rubric, Practice, Illustration. Words: an article is a *draft*, *waits* for a second pair
of eyes, is *approved*, *scheduled*, *published*, *archived*; its *original* is the language it was first written in; a
*translation* is *outdated* once the original has changed. One path through the room: urls → views → access (who may) →
queries (what the page shows) or actions (the only writes, with the rules of `domain` and the words of `words`).
"""
