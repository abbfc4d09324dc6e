"""Mail: letters in every language, an outbox, sending. Table: Letter.

A letter is written inside the transaction of what causes it, in its recipient's language, and leaves later, once. Its
*key* says why it exists; the same key never makes a second letter.
"""
