"""Questions: forms made of sections and questions, and the rules that check an answer.

Tables: Form, Section, Question. A form freezes when the call that uses it opens. Answers belong to whoever asks.
"""
