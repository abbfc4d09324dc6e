"""Tables: what can be found, the words it is made of, and what has changed since."""

from django.db import models

from kinolab.foundation.i18n.fields import TranslatedField


class Document(models.Model):
    """Something that anybody may find from `visible_from` on: what it is called, what it says, where it stands.

    Only what is public stands here. `names` are other names under which it is looked for, `body` is plain text, `facts` is
    what a line about it shows, `address` its path after the language. The words of title and names, and those of all of it,
    are kept beside the row for the database's own full-text engine (`engines.py`); `made_by` is the analysis that made them.
    """

    kind = models.CharField(max_length=16)
    key = models.BigIntegerField()
    visible_from = models.DateTimeField(db_index=True)
    made_by = models.PositiveSmallIntegerField()
    address = models.CharField(max_length=300)
    title = TranslatedField()
    names = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    body = TranslatedField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="search_document_once")]

    def __str__(self) -> str:
        return str(self.title)


class Word(models.Model):
    """A word that stands in some document, as it would be mistyped: folded, without endings; and the same backwards."""

    text = models.CharField(max_length=40, unique=True)
    backwards = models.CharField(max_length=40, db_index=True)

    def __str__(self) -> str:
        return self.text


class Change(models.Model):
    """Something has changed, and the index does not know it yet."""

    kind = models.CharField(max_length=16)
    key = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
