"""Calls: the open call of an edition: its dates, texts, regulations, form and rubric; the public page and the checker.

Tables: Call, Strand, Rule, Criterion, Cover, Faq. A call opens and closes by the clock alone: its phase is derived from
its dates, never stored. A *rule* is data (regulations), a *criterion* is a line of the rubric, a *cover* is what the
programme pays for or does not. The *programme file* carries all of it in and out.
"""
