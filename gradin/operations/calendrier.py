"""Writes the ARS's dates, notes the moves of the amphis, gives and takes back the feed of an account."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.signing import BadSignature, Signer
from django.db import transaction

from gradin.data.amphis.models import Amphi, EtatAmphi
from gradin.data.comptes.models import GenreActe
from gradin.data.publications.models import AbonnementCalendrier, Evenement, SuiteAmphi
from gradin.operations.actes_gestion import Signature, Touche, record, record_changes
from gradin.queries.calendrier import hours_prints

SEL = "gradin.calendrier"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvenementSaisi:
    """What the form gives, instants in UTC; `groupe` None for everybody of the subdivision."""

    semestre: int
    subdivision: int
    groupe: int | None
    categorie: str
    titre: str
    description: str
    debut: datetime
    fin: datetime | None
    journee: bool
    lieu: str
    visio: str
    concernes: str


@transaction.atomic
def create_evenement(saisi: EvenementSaisi, *, uid: str, signature: Signature) -> int:
    row = Evenement.objects.create(uid=uid, updated_at=signature.maintenant, **_columns(saisi))
    record_changes(signature, "Date ajoutée", _touche(row), {}, _said(row))
    return row.pk


@transaction.atomic
def change_evenement(pk: int, saisi: EvenementSaisi, *, signature: Signature) -> bool:
    """False when nothing differs: calendars are told of true changes only."""
    row = Evenement.objects.select_for_update(of=("self",), no_key=True).get(pk=pk, annule=False)
    colonnes = _columns(saisi)
    if all(getattr(row, nom) == valeur for nom, valeur in colonnes.items()):
        return False
    avant = _said(row)
    for nom, valeur in colonnes.items():
        setattr(row, nom, valeur)
    row.sequence += 1
    row.updated_at = signature.maintenant
    row.save()
    record_changes(signature, "Date changée", _touche(row), avant, _said(row))
    return True


@transaction.atomic
def remove_evenement(pk: int, *, signature: Signature) -> None:
    """The row stays, so that the calendars already subscribed read that it is cancelled."""
    row = Evenement.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if row.annule:
        return
    row.annule, row.sequence, row.updated_at = True, row.sequence + 1, signature.maintenant
    row.save(update_fields=["annule", "sequence", "updated_at"])
    record(signature, "Date retirée", _touche(row), avant=f"{row.debut:%d/%m/%Y}")


@transaction.atomic
def note_moves(maintenant: int) -> int:
    """Counts each amphi whose hours differ from those noted; to be called by whatever moves one.

    Also run every minute, so that a move that forgot to is counted all the same.
    """
    rows = Amphi.objects.exclude(etat__in=(EtatAmphi.BROUILLON, EtatAmphi.CLOS)).select_related("suite")
    amphis = {row.pk: row for row in rows}
    instant = datetime.fromtimestamp(maintenant / 1000, UTC)
    return sum(_note(amphis[pk], empreinte, instant) for pk, (empreinte, _) in hours_prints(amphis).items())


def _note(amphi: Amphi, empreinte: str, instant: datetime) -> bool:
    suite = getattr(amphi, "suite", None)
    if suite is None:
        defaut = {"empreinte": empreinte, "updated_at": instant}
        SuiteAmphi.objects.get_or_create(amphi=amphi, defaults=defaut)
        return False
    if suite.empreinte == empreinte:
        return False
    # Conditional: of two that saw the same move, one counts it.
    connue = SuiteAmphi.objects.filter(pk=suite.pk, empreinte=suite.empreinte)
    return bool(connue.update(empreinte=empreinte, sequence=suite.sequence + 1, updated_at=instant))


def open_abonnement(compte: int, *, cle: str, maintenant: datetime) -> str:
    """A new address; the one before opens nothing any more."""
    AbonnementCalendrier.objects.update_or_create(
        compte_id=compte, defaults={"cle": cle, "created_at": maintenant}
    )
    return secret_of(cle)


def close_abonnement(compte: int) -> None:
    AbonnementCalendrier.objects.filter(compte=compte).delete()


def secret_of(cle: str) -> str:
    """What stands in the address: it follows from the platform's key and the row."""
    return Signer(salt=SEL).sign(cle).replace(":", "~")


def cle_of(secret: str) -> str:
    """Empty for an address that is not ours."""
    try:
        return Signer(salt=SEL).unsign(secret.replace("~", ":"))
    except BadSignature:
        return ""


def _columns(saisi: EvenementSaisi) -> dict[str, object]:
    return {
        "semestre_id": saisi.semestre,
        "subdivision_id": saisi.subdivision,
        "groupe_id": saisi.groupe,
        "categorie": saisi.categorie,
        "titre": saisi.titre,
        "description": saisi.description,
        "debut": saisi.debut,
        "fin": saisi.fin,
        "journee": saisi.journee,
        "lieu": saisi.lieu,
        "visio": saisi.visio,
        "concernes": saisi.concernes,
    }


def _said(row: Evenement) -> dict[str, object]:
    """What of a date the trail compares."""
    return {
        "titre": row.titre,
        "début": row.debut,
        "fin": row.fin,
        "journée entière": "oui" if row.journee else "non",
        "catégorie": row.get_categorie_display(),
        "groupe": row.groupe.nom if row.groupe else "tous",
        "semestre": row.semestre.code,
        "lieu": row.lieu,
        "visio": row.visio,
        "visible par": row.get_concernes_display(),
        "description": row.description,
    }


def _touche(row: Evenement) -> Touche:
    return Touche(
        genre=GenreActe.CALENDRIER,
        objet=row.titre,
        subdivision=row.subdivision_id,
        groupe=row.groupe_id,
    )
