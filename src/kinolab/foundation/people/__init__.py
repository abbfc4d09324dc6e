"""People: a person, how they sign in, and what they chose for themselves (name, language, time zone).

Table: Person. Everything about somebody's work stands in the rooms that own it.
"""
