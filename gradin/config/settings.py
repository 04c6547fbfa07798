"""Django's settings: one module, everything that differs comes from the environment."""

from email.utils import parseaddr
from pathlib import Path

from csp.constants import NONE, SELF

from gradin.config.databases import database_settings
from gradin.config.environment import ROOT, read_environment

ENVIRONMENT = read_environment()

DEBUG = False
SECRET_KEY = ENVIRONMENT.secret_key
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
DATABASES = {"default": database_settings(ENVIRONMENT.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "comptes.Compte"
ROOT_URLCONF = "gradin.config.urls"
GRADIN_DATA: Path = ENVIRONMENT.data
GRADIN_DEMONSTRATION = ENVIRONMENT.demonstration

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "csp",
    "servestatic",
    "gradin.data.referentiel",
    "gradin.data.comptes",
    "gradin.data.internes",
    "gradin.data.profils",
    "gradin.data.postes",
    "gradin.data.amphis",
    "gradin.data.demandes",
    "gradin.data.attestations",
    "gradin.data.courriers",
    "gradin.data.recherches",
    "gradin.data.imports",
    "gradin.data.publications",
    "gradin.data.services",
    "gradin.data.notifications",
    "gradin.data.prechoix",
    "gradin.data.appariement",
    "gradin.data.ouverture",
    "gradin.data.commissions",
    "gradin.data.agrements",
    "gradin.data.parcours",
    "gradin.data.evaluations",
    "gradin.web",
    "gradin.api",
    "gradin.cli",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "gradin.web.middleware.SmallTexts",
    "csp.middleware.CSPMiddleware",
    "gradin.web.middleware.PrivatePages",
    "gradin.api.middleware.ServerTime",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "gradin.web.compte.securite.SecondFacteurExige",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "gradin" / "web" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gradin.web.context.page",
            ],
        },
    }
]

# Accounts: the e-mail is the name, nobody opens an account by himself here.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "gradin.web.compte.adapter.ClosedSignup"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "login": "gradin.web.compte.forms.Connexion",
    "reset_password": "gradin.web.compte.forms.MotDePasseOublie",
    "reset_password_from_key": "gradin.web.compte.forms.NouveauMotDePasse",
    "change_password": "gradin.web.compte.forms.ChangementMotDePasse",
    "reauthenticate": "gradin.web.compte.forms.Reconfirmation",
}
# Django's own: the library's reads and writes four more times for a known address, and the time would tell.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
# A whole hospital comes from one address on the day: what is counted closely is one account's failures, and
# none of a network's on a device that has signed in before (web/compte/adapter.py). Failures are counted
# before any password is hashed, so that sign-ins need no limit of their own that a neighbour could use up.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "100/m/ip,10/5m/key",
    "reset_password": "60/m/ip,3/10m/key",
}
# Of the roster, by one agent: pages and fiches, files. Only a program that carries it away needs more.
GRADIN_LECTURES_PAR_HEURE = {"lecture": 600, "export": 20}
LOGIN_URL = "/connexion/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Gradin"
# Addresses are proved by the mail's link before the account exists.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.https
MFA_FORMS = {
    "authenticate": "gradin.web.compte.facteur_forms.CodeDemande",
    "reauthenticate": "gradin.web.compte.facteur_forms.CodeConfirme",
    "activate_totp": "gradin.web.compte.facteur_forms.Application",
    "add_webauthn": "gradin.web.compte.facteur_forms.NouvelleCle",
    "edit_webauthn": "gradin.web.compte.facteur_forms.NomDeCle",
}
# ARS accounts must have a second factor; the demonstration's people are not real.
GRADIN_SECOND_FACTEUR_ARS = not ENVIRONMENT.demonstration
PASSWORD_HASHERS = [
    "gradin.config.hashers.Argon2id",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "gradin.web.compte.force.Force"},
]

LANGUAGE_CODE = "fr"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "gradin.config.static.HashedFiles"},
}

# Deny by default: what a page may load, who may frame it, what a cookie gives away.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
CSRF_FAILURE_VIEW = "gradin.web.public.errors.csrf_failure"
if ENVIRONMENT.https:
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# How often open streams are checked against sessions and rights, in seconds.
GRADIN_CONTROLE_S = 30.0
# How long a reader may leave 64 KiB unread.
GRADIN_LENTEUR_S = 30.0
# Days that each kind of personal data is kept, where the region differs (operations/conservation/).
GRADIN_CONSERVATION: dict[str, int] = {}
GRADIN_METRICS_TOKEN = ENVIRONMENT.metrics_token
# What security.txt answers: mailto: or https: of the region.
GRADIN_CONTACT_SECURITE = ENVIRONMENT.contact_securite or ENVIRONMENT.url
# The heads that were published, outside the database; the demonstration makes its own anew.
GRADIN_TETES: Path | None = None if ENVIRONMENT.demonstration else ENVIRONMENT.data / "tetes.json"
GRADIN_SMTP_URL = ENVIRONMENT.smtp_url
# Sign-in by ProConnect or Pro Santé Connect, where the region is declared there.
GRADIN_OIDC = ENVIRONMENT.oidc
# The certificate that seals the procès-verbal; without it nothing is sealed.
GRADIN_SCEAU_P12 = ENVIRONMENT.sceau_p12
GRADIN_SCEAU_MOTDEPASSE = ENVIRONMENT.sceau_motdepasse
GRADIN_SCEAU_MOTDEPASSE_FICHIER = ENVIRONMENT.sceau_motdepasse_fichier
GRADIN_SCEAU_ATTESTATIONS = ENVIRONMENT.sceau_attestations
# The address that mails and documents give for the platform.
GRADIN_URL = ENVIRONMENT.url
# The push services of the browsers: notifications leave for these and for no other address.
GRADIN_PUSH_SERVICES = (
    "https://fcm.googleapis.com",
    "https://*.push.services.mozilla.com",
    "https://*.push.apple.com",
    "https://*.notify.windows.com",
)
# Whom a push service may write to when ours misbehaves.
GRADIN_PUSH_CONTACT = f"mailto:{parseaddr(ENVIRONMENT.expediteur)[1]}"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = ENVIRONMENT.expediteur

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"sans_lien": {"()": "gradin.config.journaux.SansLien"}},
    "formatters": {
        "texte": {"format": "%(message)s"},
        "json": {"()": "gradin.live.demandes.EnJson"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["sans_lien"],
            "formatter": "json" if ENVIRONMENT.journal_json else "texte",
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "gradin": {"level": "INFO"},
        # A line a request is for machines; a terminal reads what goes wrong.
        "gradin.demandes": {"level": "INFO" if ENVIRONMENT.journal_json else "WARNING"},
    },
}
