"""Search: one folding of seven alphabets, and an index of what is public, kept by the databases' own full-text engines.

Tables: Document, Word, Change. Words: a *document* is something that anybody may find; a *source* is a room's way of making
documents; a *change* waits until its document is made anew; a word's *stem* is what is left without its endings. It knows no
room: rooms register sources, and what is on the record is looked at for changes.
"""
