"""The door for the web server."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kinolab.config.settings")
application = get_asgi_application()

from django.conf import settings  # noqa: E402  (settings can be read only now)

if settings.KINOLAB_INSIDE:
    from kinolab.config import clock

    clock.start()
