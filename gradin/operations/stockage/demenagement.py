"""From the embedded store to PostgreSQL: everything or nothing, compared before it is kept."""

from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from gradin.data.amphis.models import Amphi, EtatAmphi
from gradin.operations.stockage.magasins import open_store, read_address, standing_in
from gradin.operations.stockage.releve import (
    Releve,
    every_model,
    read_batches,
    read_ecarts,
    take_releve,
)

# `migrate` fills these itself: the source's rows take their place.
REMPLIES_PAR_MIGRATE = ("auth.Permission", "contenttypes.ContentType", "notifications.CleVapid")
SUFFIXE = ".demenagee"


class DemenagementRefuse(Exception):
    """Nothing was moved: the message says why and what to do."""


def move_to(url: str) -> Releve:
    """Copies every row and gives back what both stores now hold.

    The source takes no other write meanwhile, and is marked so that no service starts on it again by mistake.
    """
    cible = open_store(_address(url))
    try:
        _check_source()
        _check_at_rest()
        _prepare(cible)
        with transaction.atomic():
            _check_at_rest()
            releve = take_releve()
            source = connections["default"]
            with standing_in(cible), transaction.atomic():
                _fill(source, cible)
                _check_equal(releve)
    except DatabaseError as error:
        raise DemenagementRefuse(f"La base d’arrivée a refusé, rien n’y a été gardé : {error}") from error
    finally:
        cible.close()
    mark_of(connection.settings_dict["NAME"]).write_text(_without_password(url) + "\n", "utf-8")
    return releve


def mark_of(nom: object) -> Path:
    """The file beside an embedded store that says where it has gone."""
    return Path(f"{nom}{SUFFIXE}")


def _without_password(url: str) -> str:
    adresse = read_address(url)
    return f"postgresql://{adresse['HOST']}/{adresse['NAME']}"


def _address(url: str) -> dict[str, object]:
    adresse = read_address(url)
    if not adresse["ENGINE"].endswith("postgresql"):
        raise DemenagementRefuse("On déménage vers PostgreSQL : donnez une adresse postgresql://hote/base.")
    return adresse


def _check_source() -> None:
    if connection.vendor != "sqlite":
        raise DemenagementRefuse("La base de départ n’est pas celle du mode embarqué (SQLite).")


def _check_at_rest() -> None:
    """The journal of a running amphi would go on growing where nobody reads it any more."""
    running = Amphi.objects.filter(etat=EtatAmphi.EN_COURS).values_list("intitule", flat=True)
    if noms := ", ".join(running):
        raise DemenagementRefuse(f"Un amphi est en cours ({noms}) : mettez-le en pause, arrêtez le service.")


def _prepare(cible: BaseDatabaseWrapper) -> None:
    """Tables and triggers of this version, in a database that nobody has used."""
    with standing_in(cible):
        with cible.cursor() as cursor:
            cursor.execute("SELECT datcollate FROM pg_database WHERE datname = current_database()")
            if cursor.fetchone()[0] != "C.UTF-8":
                raise DemenagementRefuse(
                    "La base d’arrivée n’est pas en C.UTF-8 : "
                    "créez-la avec LOCALE 'C.UTF-8' TEMPLATE template0."
                )
        if used := _used():
            raise DemenagementRefuse(f"La base d’arrivée n’est pas vide ({used}) : donnez-en une neuve.")
        call_command("migrate", verbosity=0)


def _used() -> str:
    """The first table that holds something; a migrated database with no row of ours is empty."""
    present = set(connection.introspection.table_names())
    ours = [model for model in every_model() if model._meta.label not in REMPLIES_PAR_MIGRATE]
    if foreign := sorted(present - {m._meta.db_table for m in every_model()} - {"django_migrations"}):
        return foreign[0]
    return next(
        (m._meta.db_table for m in ours if m._meta.db_table in present and m._base_manager.exists()), ""
    )


def _fill(source: BaseDatabaseWrapper, cible: BaseDatabaseWrapper) -> None:
    """Foreign keys are checked at the commit; the sequences then follow the largest key."""
    for label in REMPLIES_PAR_MIGRATE:
        apps.get_model(label)._base_manager.all()._raw_delete("default")
    for model in every_model():
        _copy(model, source, cible)
    with cible.cursor() as cursor:
        for statement in cible.ops.sequence_reset_sql(no_style(), every_model()):
            cursor.execute(statement)


def _copy(model: type[Model], source: BaseDatabaseWrapper, cible: BaseDatabaseWrapper) -> None:
    with standing_in(source):
        for lot in read_batches(model):
            with standing_in(cible):
                model._base_manager.bulk_create(lot, batch_size=500)


def _check_equal(releve: Releve) -> None:
    if differences := releve.differences(take_releve()):
        raise DemenagementRefuse(f"La copie diffère, rien n’a été gardé : {', '.join(differences[:10])}.")
    if ecarts := read_ecarts():
        raise DemenagementRefuse(f"Des lignes ne disent pas ce que dit le journal : {ecarts[0]}.")
