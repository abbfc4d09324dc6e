"""Table: a person."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.timezone import now

from kinolab.foundation.people import words

CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is misread aloud or on paper


def new_code() -> str:
    """A random public name of ten letters: says nothing, cannot be counted up."""
    return get_random_string(10, CODE_LETTERS)


class People(BaseUserManager["Person"]):
    """Makes and finds people by address, whatever its letter case."""

    def get_by_natural_key(self, username: str) -> "Person":
        """The person with this address."""
        return self.get(email=username.strip().lower())

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A new person; without a password they sign in by link only."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """The operator of the server."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody with an address. `name` is as it should be printed, in any script."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=12, unique=True, default=new_code)
    language = models.CharField(max_length=8, blank=True)
    timezone = models.CharField(max_length=64, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=now)
    demo_role = models.CharField(max_length=40, blank=True)

    objects = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def demo_role_name(self) -> str:
        """What one can try as this person of the demonstration."""
        return str(words.DEMO_ROLES.get(self.demo_role, self.demo_role))
