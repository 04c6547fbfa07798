"""What a head of service says by his link, until the last day: his file is right, he asks, corrects."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from gradin.data.agrements.models import (
    Agrement,
    DemandeAgrement,
    DossierService,
    EtatAgrement,
    EtatDemandeAgrement,
    NatureAgrement,
    PhaseAgreee,
)
from gradin.data.referentiel.models import Specialite
from gradin.operations.agrements.campagnes import lock_dossier
from gradin.operations.agrements.delais import check_open
from gradin.operations.agrements.refus import AgrementRefuse
from gradin.operations.agrements.trace import record

CAPACITE_MAX = 99
PHASES: tuple[tuple[str, str], ...] = tuple((str(un.value), str(un.label)) for un in PhaseAgreee)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandeSaisie:
    """`agrement`: the one to renew or whose head changes; None asks for a new one, of `des`."""

    nature: str
    agrement: int | None = None
    des: int | None = None
    phases: Sequence[str] = ()
    capacite: int = 1
    chef: str = ""
    texte: str = ""


@transaction.atomic
def check_dossier(pk: int, chef: str, site: str, maintenant: int) -> None:
    """He has read site and head, and says what is wrong. Raises AgrementRefuse."""
    row = _open(pk, maintenant)
    if not chef.strip():
        raise AgrementRefuse("Écrivez le nom du responsable du service.", champ="chef")
    row.chef, row.site, row.checked_at = chef.strip()[:200], site.strip()[:300], maintenant
    row.save(update_fields=["chef", "site", "checked_at"])
    _record(row, "verifie", maintenant, chef=row.chef, site=row.site)


@transaction.atomic
def file_demande(pk: int, saisie: DemandeSaisie, maintenant: int) -> int:
    """A later one of the same kind and DES replaces it while it is not decided. Raises AgrementRefuse."""
    row = _open(pk, maintenant)
    agrement, des = _find(row, saisie)
    champs = _read(saisie, agrement)
    demande, neuve = DemandeAgrement.objects.update_or_create(
        dossier=row,
        des=des,
        nature=saisie.nature,
        etat=EtatDemandeAgrement.DEPOSEE,
        defaults={**champs, "agrement": agrement, "filed_at": maintenant},
    )
    if not neuve:
        demande.avis.all().delete()
    acte = "depose" if neuve else "corrige"
    _record(row, acte, maintenant, demande, nature=saisie.nature, des=des.code_des, **champs)
    return int(demande.pk)


@transaction.atomic
def withdraw_demande(pk: int, demande: int, maintenant: int) -> None:
    row = _open(pk, maintenant)
    une = row.demandes.filter(pk=demande, etat=EtatDemandeAgrement.DEPOSEE).first()
    if une is None:
        raise AgrementRefuse("Cette demande n’est plus à décider\u00a0: elle ne se retire plus.")
    une.etat = EtatDemandeAgrement.RETIREE
    une.save(update_fields=["etat"])
    _record(row, "retire", maintenant, une)


def _open(pk: int, maintenant: int) -> DossierService:
    row = lock_dossier(pk)
    check_open(row.campagne, maintenant)
    return row


def _find(row: DossierService, saisie: DemandeSaisie) -> tuple[Agrement | None, Specialite]:
    if saisie.nature not in NatureAgrement.values:
        raise AgrementRefuse("Choisissez ce que vous demandez.")
    if saisie.nature == NatureAgrement.NOUVEAU:
        des = Specialite.objects.filter(pk=saisie.des or 0).first()
        if des is None:
            raise AgrementRefuse("Choisissez le DES.", champ="des")
        return None, des
    siens = Agrement.objects.filter(service=row.service_id, subdivision=row.campagne.subdivision_id)
    tenu = (
        siens.exclude(etat=EtatAgrement.RETIRE).filter(pk=saisie.agrement or 0).select_related("des").first()
    )
    if tenu is None:
        raise AgrementRefuse("Cet agrément n’est pas de votre service.")
    return tenu, tenu.des


def _read(saisie: DemandeSaisie, agrement: Agrement | None) -> dict[str, object]:
    """A change of head keeps phases and capacity."""
    texte, chef = saisie.texte.strip()[:4_000], saisie.chef.strip()[:200]
    if saisie.nature == NatureAgrement.CHEF:
        assert agrement is not None
        if not chef:
            raise AgrementRefuse("Écrivez le nom du nouveau responsable.", champ="chef")
        return {"phases": agrement.phases, "capacite": agrement.capacite, "chef": chef, "texte": texte}
    phases = [phase for phase in PhaseAgreee.values if phase in saisie.phases]
    if not phases:
        raise AgrementRefuse("Cochez au moins une phase.", champ="phases")
    if not 1 <= saisie.capacite <= CAPACITE_MAX:
        raise AgrementRefuse(f"La capacité va de 1 à {CAPACITE_MAX} internes.", champ="capacite")
    return {"phases": phases, "capacite": saisie.capacite, "chef": chef, "texte": texte}


def _record(
    row: DossierService, acte: str, maintenant: int, demande: DemandeAgrement | None = None, **details: object
) -> None:
    campagne = row.campagne
    record(
        campagne.subdivision_id, acte, None, maintenant, campagne, demande,
        service=row.service.imotep, **details,
    )  # fmt: skip
