"""Django's templates; what a page was given is let go of as soon as it is written.

A context of Django's holds layers that hold the context, so all that a page was given (three hundred rows, with what hangs
on them) stayed in memory until somebody looked for circles: two pages at once needed four times as much as one.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.template.backends import django
from django.template.context import make_context
from django.utils.safestring import SafeString


class Template(django.Template):
    """A template that may be rendered."""

    def render(self, context: Mapping[str, Any] | None = None, request: HttpRequest | None = None) -> SafeString:
        """The text of the page; raises `TemplateDoesNotExist` as Django's own does."""
        given = make_context(context, request, autoescape=self.backend.engine.autoescape)
        try:
            text = self.template.render(given)
        except TemplateDoesNotExist as missing:
            django.reraise(missing, self.backend)
        given.dicts.clear()
        return text


class Templates(django.DjangoTemplates):
    """The engine that settings name."""

    def from_string(self, template_code: str) -> Template:
        """A template of this text."""
        return Template(self.engine.from_string(template_code), self)

    def get_template(self, template_name: str) -> Template:
        """The template of this name; raises `TemplateDoesNotExist`."""
        return Template(super().get_template(template_name).template, self)
