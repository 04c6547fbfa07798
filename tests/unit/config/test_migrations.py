"""A rolling restart: the old code goes on, for minutes, on a schema that the new one has changed."""

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import migrations, models
from django.db.migrations import CreateModel
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# What stood before this rule: never added to.
LIVREES = frozenset((Path(__file__).parent / "migrations_livrees.txt").read_text(encoding="utf-8").split())
# Played with everything stopped, and the version's notes say so: « app.name »: why.
AVEC_ARRET: dict[str, str] = {}
SANS_EFFET = (
    CreateModel,
    migrations.AddIndex,
    migrations.RemoveIndex,
    migrations.RenameIndex,
    migrations.RemoveConstraint,
    migrations.AlterModelOptions,
    migrations.AlterModelManagers,
    migrations.RunPython,
)


def refused(operation: Operation, app: str, avant: ProjectState) -> str:
    """Why old code would not survive it, or nothing."""
    if isinstance(operation, SANS_EFFET):
        return ""
    if isinstance(operation, migrations.AddField):
        return "" if _is_given(operation.field) else f"{operation.name}: null=True or db_default"
    if isinstance(operation, migrations.AlterField):
        ancien = avant.models[app, operation.model_name_lower].fields[operation.name]
        return "" if _loosens(ancien, operation.field) else f"{operation.name} becomes stricter"
    return f"{operation.describe()} is not survived"


def _is_given(field: models.Field) -> bool:
    """Old code inserts rows without naming it."""
    return field.null or field.many_to_many or field.db_default is not models.NOT_PROVIDED


def _loosens(ancien: models.Field, nouveau: models.Field) -> bool:
    return (
        nouveau.get_internal_type() == ancien.get_internal_type()
        and nouveau.db_column == ancien.db_column
        and (nouveau.null or not ancien.null)
        and (nouveau.max_length or 0) >= (ancien.max_length or 0)
        and (ancien.unique or not nouveau.unique)
        and (ancien.db_default is models.NOT_PROVIDED or nouveau.db_default is not models.NOT_PROVIDED)
    )


def judged(chargeur: MigrationLoader) -> Iterator[tuple[str, str]]:
    """(« app.name », what is refused in it) of each migration of ours."""
    for app, nom in sorted(chargeur.disk_migrations):
        if not apps.get_app_config(app).name.startswith("gradin."):
            continue
        etat = chargeur.project_state((app, nom), at_end=False)
        operations = chargeur.disk_migrations[app, nom].operations
        # Old code knows nothing of a table made here.
        neuves = {operation.name_lower for operation in operations if isinstance(operation, CreateModel)}
        for operation in operations:
            faute = refused(operation, app, etat)
            if faute and getattr(operation, "model_name_lower", "") not in neuves:
                yield f"{app}.{nom}", faute
            operation.state_forwards(app, etat)


def test_what_a_later_migration_does_is_survived_by_the_code_before_it() -> None:
    fautes = list(judged(MigrationLoader(None)))
    assert [faute for faute in fautes if faute[0] not in LIVREES and faute[0] not in AVEC_ARRET] == []
    # The rule sees: an old process that queues a mail is refused by the store for want of this column.
    assert ("courriers.0002_suivi", "wrong_by: null=True or db_default") in fautes


def test_what_was_delivered_is_never_renamed_or_removed() -> None:
    connues = {f"{app}.{nom}" for app, nom in MigrationLoader(None).disk_migrations}
    assert sorted(LIVREES - connues) == []
