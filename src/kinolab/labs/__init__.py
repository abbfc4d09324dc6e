"""Labs: organisations, their programmes, and each year's edition with its modules, tutors and team.

Tables: Organisation, Programme, Edition, Module, Tutor, Membership. An edition holds identity only (name, place, dates,
dye); every later room keeps its own settings about it. Words: a *programme* repeats, an *edition* is one run of it, a
*module* is a dated block, a *membership* gives a person a role in one edition or in the whole organisation.
"""
