"""What happened here that others answer."""

from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True, slots=True)
class Recorded:
    """Something was done to a row, and that is on the record; the row is as it was or as it has become."""

    thing: models.Model
