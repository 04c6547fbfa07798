"""What an établissement does with its own seats until the deadline: propose, correct, withdraw, renew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace

from django.db import transaction
from django.db.models import Count

from gradin.data.internes.models import Inscription
from gradin.data.ouverture.models import ActeOuverture, EtatPropose, Ouverture, PostePropose
from gradin.data.postes.models import EtatPoste, Poste, Regime
from gradin.data.referentiel.models import Groupe, Service, Specialite
from gradin.operations.ouverture.refus import OuvertureRefusee
from gradin.operations.ouverture.trace import Geste, Trace, lock_ouverture, lock_proposes
from gradin.operations.permissions import Interdit
from gradin.operations.permissions_offre import check_can_propose, check_can_propose_in
from gradin.queries.espaces.perimetre import perimetre_of

MAX_A_LA_FOIS = 30
REGIMES: tuple[tuple[str, str], ...] = tuple((str(un.value), str(un.label)) for un in Regime)
MOTS = {
    "service": "service",
    "des": "DES",
    "regime": "régime",
    "type_poste": "type",
    "reserve": "réservé",
    "flechage": "fléchage",
    "observations": "observations",
    "allocation": "allocation",
}
CLES = {"service": "service_id", "des": "des_id"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PosteSaisi:
    """One seat as a service describes it."""

    service: int
    des: int
    regime: str
    type_poste: str = "Hospitalier"
    reserve: bool = False
    flechage: str = ""
    observations: str = ""
    allocation: str = ""


@transaction.atomic
def propose_postes(pk: int, saisi: PosteSaisi, nombre: int, geste: Geste) -> int:
    """`nombre` seats alike. Raises OuvertureRefusee, Interdit."""
    ouverture = lock_ouverture(pk)
    _check_open(ouverture, geste)
    if not 1 <= nombre <= MAX_A_LA_FOIS:
        raise OuvertureRefusee(f"Proposez de 1 à {MAX_A_LA_FOIS} postes à la fois.", champ="nombre")
    check_can_propose_in(geste.visiteur, ouverture.subdivision_id, Service.objects.get(pk=saisi.service))
    return _create(ouverture, [(saisi, nombre)], geste)


@transaction.atomic
def correct_propose(pk: int, cible: int, saisi: PosteSaisi, geste: Geste) -> bool:
    """False when nothing differs. Only what is not decided yet; the allocation is the ARS's.

    Raises OuvertureRefusee, Interdit.
    """
    ouverture = lock_ouverture(pk)
    (propose,) = _own(ouverture, [cible], geste)
    check_can_propose_in(geste.visiteur, ouverture.subdivision_id, Service.objects.get(pk=saisi.service))
    avant = _describe(propose)
    for champ, valeur in _fields(replace(saisi, allocation=propose.allocation)).items():
        setattr(propose, champ, valeur)
    propose.groupe = groupe_of(Specialite.objects.get(pk=saisi.des), ouverture)
    apres = _describe(propose)
    changes = [champ for champ in MOTS if avant[champ] != apres[champ]]
    if not changes:
        return False
    propose.save()
    geste.line(
        ouverture, Trace.CORRIGE, propose, avant=_said(avant, changes), apres=_said(apres, changes)
    ).save()
    return True


@transaction.atomic
def withdraw_proposes(pk: int, cibles: Collection[int], geste: Geste) -> int:
    """Kept, and told as withdrawn. Raises OuvertureRefusee, Interdit."""
    ouverture = lock_ouverture(pk)
    proposes = _own(ouverture, cibles, geste)
    PostePropose.objects.filter(pk__in=[un.pk for un in proposes]).update(etat=EtatPropose.RETIRE)
    ActeOuverture.objects.bulk_create(geste.line(ouverture, Trace.RETIRE, un) for un in proposes)
    return len(proposes)


@transaction.atomic
def renew_postes(pk: int, geste: Geste) -> int:
    """The seats of his établissements in the last semestre that had any, less those proposed already."""
    ouverture = lock_ouverture(pk)
    _check_open(ouverture, geste)
    saisis = list_renewable(pk, geste)
    if not saisis:
        raise OuvertureRefusee("Tous vos postes du semestre précédent sont déjà proposés ou ouverts.")
    return _create(ouverture, list(saisis.items()), geste)


def list_renewable(pk: int, geste: Geste) -> Counter[PosteSaisi]:
    """What `renew_postes` would propose: how many seats of each description."""
    ouverture = Ouverture.objects.select_related("semestre").get(pk=pk)
    siens = Poste.objects.filter(
        perimetre_of(geste.visiteur).postes(), subdivision=ouverture.subdivision
    ).exclude(etat=EtatPoste.RETIRE)
    dernier = (
        siens.filter(semestre__code__lt=ouverture.semestre.code)
        .order_by("-semestre__code")
        .values_list("semestre", flat=True)
        .first()
    )
    if dernier is None:
        return Counter()
    avant = Counter(_as_saisi(row) for row in siens.filter(semestre=dernier))
    deja = Counter(_as_saisi(row) for row in siens.filter(semestre=ouverture.semestre))
    proposes = PostePropose.objects.filter(ouverture=ouverture, poste=None)
    deja += Counter(_as_saisi(row) for row in proposes)
    return avant - deja


def groupe_of(des: Specialite, ouverture: Ouverture) -> Groupe:
    """Where this DES chooses in the subdivision, as its last postes and internes say."""
    for rows in (
        Poste.objects.filter(subdivision=ouverture.subdivision, des=des),
        Inscription.objects.filter(subdivision=ouverture.subdivision, des=des),
    ):
        premier = rows.order_by().values("groupe", "semestre__code").annotate(nombre=Count("pk"))
        trouve = premier.order_by("-semestre__code", "-nombre", "groupe").first()
        if trouve is not None:
            return Groupe.objects.get(pk=trouve["groupe"])
    raise OuvertureRefusee(
        f"Aucun poste de {des.intitule} n’a encore été ouvert ici. Demandez à l’ARS d’ouvrir le premier.",
        champ="des",
    )


def _check_open(ouverture: Ouverture, geste: Geste) -> None:
    check_can_propose(geste.visiteur)
    if ouverture.limite is None or geste.maintenant >= ouverture.limite:
        raise OuvertureRefusee("La date limite est passée. Appelez l’ARS si un poste doit encore changer.")


def _own(ouverture: Ouverture, cibles: Collection[int], geste: Geste) -> list[PostePropose]:
    """His, and not decided yet."""
    _check_open(ouverture, geste)
    proposes = lock_proposes(ouverture, cibles)
    siens = PostePropose.objects.filter(perimetre_of(geste.visiteur).proposes(), pk__in=cibles)
    if siens.count() != len(proposes):
        raise Interdit("Ce poste n’est pas de vos services.", absent=True)
    if any(un.etat != EtatPropose.PROPOSE for un in proposes):
        raise OuvertureRefusee("L’ARS a déjà décidé de ce poste. Appelez-la pour le changer.")
    return proposes


def _create(ouverture: Ouverture, saisis: Collection[tuple[PosteSaisi, int]], geste: Geste) -> int:
    specialites = Specialite.objects.in_bulk({saisi.des for saisi, _ in saisis})
    groupes = {pk: groupe_of(des, ouverture) for pk, des in specialites.items()}
    neufs = PostePropose.objects.bulk_create(
        PostePropose(
            ouverture=ouverture,
            groupe=groupes[saisi.des],
            auteur_id=geste.auteur,
            proposed_at=geste.maintenant,
            **_fields(saisi),
        )
        for saisi, nombre in saisis
        for _ in range(nombre)
    )
    ActeOuverture.objects.bulk_create(geste.line(ouverture, Trace.PROPOSE, un) for un in neufs)
    return len(neufs)


def _fields(saisi: PosteSaisi) -> dict[str, object]:
    """By name of field, references by key."""
    return {CLES.get(champ, champ): valeur for champ, valeur in asdict(saisi).items()}


def _as_saisi(row: Poste | PostePropose) -> PosteSaisi:
    return PosteSaisi(
        service=row.service_id,
        des=row.des_id,
        regime=row.regime,
        type_poste=row.type_poste,
        reserve=row.reserve,
        flechage=row.flechage,
        observations=row.observations,
        allocation=row.allocation,
    )


def _describe(row: PostePropose) -> dict[str, str]:
    return {
        "service": str(row.service.nom),
        "des": str(row.des.intitule),
        "regime": Regime(row.regime).label,
        "type_poste": row.type_poste,
        "reserve": "oui" if row.reserve else "non",
        "flechage": row.flechage,
        "observations": row.observations,
        "allocation": row.allocation,
    }


def _said(dits: dict[str, str], champs: Collection[str]) -> str:
    return ", ".join(f"{MOTS[champ]}\u00a0: {dits[champ] or 'vide'}" for champ in champs)
