"""Reference: django-eventstream on uvicorn, one process, nothing stored."""

import sys

import django
import uvicorn
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

CORPS = "x" * 271


def push(request: HttpRequest) -> HttpResponse:
    from django_eventstream import send_event  # type: ignore[import-not-found]

    if request.method == "POST":
        send_event("banc", "ChoixConfirme", CORPS, json_encode=False)
    return HttpResponse(status=204)


if __name__ == "__main__":
    settings.configure(
        ROOT_URLCONF=__name__,
        ALLOWED_HOSTS=["*"],
        MIDDLEWARE=[],
        SECRET_KEY="banc",
        USE_TZ=True,
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django_eventstream"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    )
    django.setup()
    urlpatterns = [path("", push), path("direct", include("django_eventstream.urls"), {"channels": ["banc"]})]
    uvicorn.run(
        get_asgi_application(),
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        lifespan="off",
        log_level="error",
        backlog=8192,
    )
