"""The room's entry in Django's list."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import trans_real


class I18nApp(AppConfig):
    """Texts in several languages."""

    name = "kinolab.foundation.i18n"
    label = "i18n"

    def ready(self) -> None:
        """Let the interface fall back as texts do: where a sentence is not Kazakh yet, it is Russian, not English."""
        for tag, understood in settings.KINOLAB_FALLBACKS.items():
            if tag not in settings.KINOLAB_COMPLETE_LANGUAGES:
                trans_real.translation(tag)._fallback = trans_real.translation(understood[0])
