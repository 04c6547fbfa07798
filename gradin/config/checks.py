"""What forbids to start: each refusal names its remedy. A service that starts is a safe one."""

import logging
from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from gradin.config.checks_exposition import find_exposures
from gradin.config.environment import REGLAGES_IDENTITE, SERVICES_IDENTITE
from gradin.documents.sceau import SceauIllisible, expiry_of
from gradin.live.temps import maintenant_ms
from gradin.operations.sceaux import region_sceau
from gradin.operations.stockage.demenagement import mark_of
from gradin.operations.stockage.tetes import find_reculs
from gradin.operations.triggers import triggers_installed

logger = logging.getLogger(__name__)

CLE_MINIMALE = 40
ECART_MAXIMAL_S = 2.0
SIGNES_MINIMAUX = 10
EXEMPLES = ("django-insecure", "only-for-checks", "changeme", "change-me")
LOCAUX = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver"})


def refusals() -> tuple[str, ...]:
    """Empty when nothing is wrong. The database is looked at only once the settings are safe."""
    return tuple(find_unsafe_settings()) or tuple(_database()) or tuple(_journal()) or tuple(_tetes())


def find_unsafe_settings() -> Iterator[str]:
    if settings.DEBUG:
        yield "- DEBUG est actif : retirez-le des réglages."
    if is_weak(settings.SECRET_KEY):
        yield "- GRADIN_SECRET_KEY est faible : donnez 50 signes tirés au hasard."
    if any("*" in hote for hote in settings.ALLOWED_HOSTS) or not settings.ALLOWED_HOSTS:
        yield "- GRADIN_HOSTS accepte tout nom : nommez les vôtres, séparés par des virgules."
    en_clair = not (settings.SESSION_COOKIE_SECURE or settings.GRADIN_DEMONSTRATION)
    if en_clair and not LOCAUX.issuperset(settings.ALLOWED_HOSTS):
        yield "- Les cookies passeraient en clair : servez en HTTPS et donnez GRADIN_HTTPS=1."
    yield from find_exposures()
    yield from _sceau()
    yield from _identite()


def _sceau() -> Iterator[str]:
    """One that has expired is only warned of: a restart in the middle of an amphi must go through."""
    try:
        sceau = region_sceau()
        fin = expiry_of(sceau) if sceau else None
    except SceauIllisible as error:
        yield f"- GRADIN_SCEAU_P12 ne peut pas sceller : {error} Corrigez-le, ou retirez-le."
        return
    if fin and fin.timestamp() * 1000 < maintenant_ms():
        logger.warning("the certificate of GRADIN_SCEAU_P12 has expired on %s: renew it", fin.date())


def _identite() -> Iterator[str]:
    for cle, reglages in settings.GRADIN_OIDC.items():
        prefixe = SERVICES_IDENTITE[cle]
        manquants = [mot for mot in REGLAGES_IDENTITE if not reglages[mot]]
        if manquants:
            yield f"- {prefixe} est incomplet : il manque {', '.join(mot.upper() for mot in manquants)}."
        elif not reglages["emetteur"].startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
            yield f"- {prefixe}_EMETTEUR doit commencer par https:// : une identité ne voyage pas en clair."


def is_weak(cle: str) -> bool:
    return len(cle) < CLE_MINIMALE or len(set(cle)) < SIGNES_MINIMAUX or cle.startswith(EXEMPLES)


def _database() -> Iterator[str]:
    if connection.vendor == "sqlite":
        marque = mark_of(connection.settings_dict["NAME"])
        if marque.exists():
            yield f"- Cette base a déménagé : donnez GRADIN_DATABASE_URL, ou retirez {marque} pour y revenir."
        if _scalar("PRAGMA synchronous") != 2 or _scalar("PRAGMA journal_mode") != "wal":
            yield "- SQLite n’est pas en WAL et synchronous=FULL : un choix confirmé pourrait se perdre."
        return
    ecart = abs(float(str(_scalar("SELECT extract(epoch FROM clock_timestamp())"))) - maintenant_ms() / 1000)
    if ecart > ECART_MAXIMAL_S:
        yield f"- L’horloge de la base et celle-ci diffèrent de {ecart:.0f} s : remettez-les à l’heure (NTP)."
    if _scalar("SHOW fsync") != "on" or _scalar("SHOW full_page_writes") != "on":
        yield "- PostgreSQL a fsync ou full_page_writes à off : remettez-les à on."
    if _scalar("SHOW synchronous_commit") == "off":
        yield "- PostgreSQL a synchronous_commit à off : un choix confirmé pourrait se perdre."
    if _scalar("SELECT datcollate FROM pg_database WHERE datname = current_database()") != "C.UTF-8":
        yield "- La base PostgreSQL n’est pas en C.UTF-8 : créez-la avec LOCALE 'C.UTF-8' TEMPLATE template0."


def _journal() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield "- La base n’est pas à jour : lancez « gradin migrate »."
    elif not triggers_installed():
        yield "- Le journal n’est pas protégé (déclencheurs absents) : lancez « gradin migrate »."


def _tetes() -> Iterator[str]:
    """Going on from an older head would give one amphi two journals."""
    for recul in find_reculs(settings.GRADIN_TETES):
        yield (
            f"- La base est en retard sur ce qui a été publié ({recul}) : restaurez une sauvegarde plus "
            f"récente, ou écartez {settings.GRADIN_TETES} si cette installation en remplace une autre."
        )


def _scalar(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    return row[0] if row else None
