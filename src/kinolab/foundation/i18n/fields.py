"""A column that holds one text per language."""

from typing import Any

from django.core import checks
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from kinolab.foundation.i18n.texts import Text


class _TextAttribute(DeferredAttribute):
    """Whatever is assigned (a mapping, a Text, nothing) is read back as a Text."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value if isinstance(value, Text) else Text(value or {})


class TranslatedField(models.JSONField):
    """`{"ky": …, "ru": …}` in one JSON column; the attribute is a `Text`. A new language needs no migration."""

    descriptor_class = _TextAttribute

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """A `dict` default is right here."""
        return super().check(**kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Text:
        """From the database to a Text."""
        return Text(super().from_db_value(value, expression, connection))

    def get_prep_value(self, value: Any) -> Any:
        """From a Text to what JSON can hold."""
        return super().get_prep_value(value.as_dict() if isinstance(value, Text) else value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """As above, for the database."""
        return super().get_db_prep_value(value.as_dict() if isinstance(value, Text) else value, connection, prepared)

    def value_to_string(self, obj: models.Model) -> Any:
        """For fixtures."""
        return self.value_from_object(obj).as_dict()

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Check the plain mapping."""
        super().validate(value.as_dict() if isinstance(value, Text) else value, model_instance)
