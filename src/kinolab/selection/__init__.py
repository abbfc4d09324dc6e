"""Selection: decisions, pending until they are announced together, quotas, letters to teams, the results page.

Tables: Decision, Quota, ResultLetter, OwnLetter, Announcement, TeamLetter. A *decision* is about one application and private
until the *announcement*, which happens once an edition; a *quota* is a meter beside the board, never an automatic choice. A
*letter* is made of the text for its outcome and, where somebody wrote into it, of the *own letter* of one recipient. A
*letter to teams* is written by hand to chosen applications, at any time of the year, and sent once.
"""
