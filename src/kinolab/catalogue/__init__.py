"""The catalogue: films and the parts they are made of, who made them, when they were shown, the series they belong to.

Tables: Film, Country, Part, Agent, Alias, Credit, Track, Release, Series, Entry, Identifier. Words: a *part* is a film of
its own that stands in another; an *agent* is a person, a group or a company; a *credit* says what an agent did for a film.
What is not known stays empty, and the page says so.
"""
