"""Keeps the private note of an account about a service; an empty one is forgotten."""

from datetime import datetime

from django.db import transaction

from gradin.data.referentiel.models import Service
from gradin.data.services.models import NoteService

SIGNES = 4_000


class NoteRefusee(ValueError):
    """Said in French, with what to do."""


@transaction.atomic
def write_note(compte: int, imotep: str, texte: str, maintenant: datetime) -> None:
    """The whole note, in place of the one before. Raises Service.DoesNotExist."""
    service = Service.objects.get(imotep=imotep)
    propre = texte.replace("\x00", "").replace("\r\n", "\n").strip()
    if len(propre) > SIGNES:
        raise NoteRefusee(f"Votre note dépasse {SIGNES} signes : rien n’a été enregistré. Raccourcissez-la.")
    mienne = NoteService.objects.filter(compte=compte, service=service)
    if not propre:
        mienne.delete()
        return
    mienne.update_or_create(
        compte_id=compte, service=service, defaults={"texte": propre, "updated_at": maintenant}
    )
