"""The opening of postes of the demonstration: seats proposed, opinions, decisions, through the real acts."""

from collections.abc import Sequence
from datetime import datetime

from gradin.data.comptes.models import Compte, Role
from gradin.data.ouverture.models import Ouverture, PostePropose
from gradin.data.postes.models import Poste, Regime
from gradin.data.referentiel.models import Specialite, Subdivision
from gradin.operations.demonstration.partenaires import NOMS
from gradin.operations.ouverture.avis import give_avis
from gradin.operations.ouverture.campagne import open_ouverture
from gradin.operations.ouverture.decisions import decide_postes, set_allocation
from gradin.operations.ouverture.propositions import PosteSaisi, propose_postes
from gradin.operations.ouverture.trace import Geste
from gradin.operations.roster.postes import correct_lot
from gradin.queries.espaces.perimetre import perimetre_of
from gradin.queries.visiteurs import Visiteur, visiteur_of

JOUR_MS = 86_400_000
LIMITE_JOURS = 6
ALLOCATION = "300 € brut par mois"
ALLOUES = 24
FLECHAGES = ("", "Urgences", "Partagé 3 mois urgences / 3 mois consultations", "Gardes de nuit")
AVIS = (
    ("favorable", ""),
    ("favorable", "Encadrement solide, deux seniors chaque jour."),
    ("reserve", "Le second encadrant part en juin : à confirmer avant l’ouverture."),
    ("defavorable", "Aucun agrément en phase socle depuis la visite de mars."),
)


def write_ouverture(semestre: str, subdivision: str, agent: Visiteur, maintenant: int) -> int:
    """How many seats are proposed; none when the opening is there already or nobody could propose."""
    lieu = Subdivision.objects.get(code=subdivision)
    hopital, coordonnateur = _partner(Role.ETABLISSEMENT), _partner(Role.COORDONNATEUR)
    if hopital is None or Ouverture.objects.filter(subdivision=lieu).exists():
        return 0
    debut = maintenant - 8 * JOUR_MS
    geste = Geste(visiteur=agent, maintenant=debut)
    pk = open_ouverture(semestre, lieu.pk, maintenant + LIMITE_JOURS * JOUR_MS, geste)
    for rang, saisi in enumerate(_seats(hopital, semestre)):
        instant = debut + (rang + 1) * 5_000_000
        propose_postes(pk, saisi, 1 + rang % 3, Geste(visiteur=hopital, maintenant=instant))
    proposes = [*PostePropose.objects.filter(ouverture=pk).order_by("pk")]
    if coordonnateur is not None:
        _advise(pk, proposes, coordonnateur, maintenant - JOUR_MS)
    _decide(pk, proposes, Geste(visiteur=agent, maintenant=maintenant - JOUR_MS // 2))
    return len(proposes)


def write_allocations(semestre: str, agent: Visiteur, maintenant: datetime) -> None:
    """On some postes far from the city, before any amphi starts."""
    loin = Poste.objects.filter(semestre__code=semestre).exclude(service__etablissement__departement="69")
    pks = [*loin.order_by("service__cle_tri", "pk").values_list("pk", flat=True)[:ALLOUES]]
    if pks:
        correct_lot(pks, "allocation", ALLOCATION, agent, maintenant=maintenant)


def _seats(hopital: Visiteur, semestre: str) -> Sequence[PosteSaisi]:
    """In its own services, one a DES; every third for the DES of the coordonnateur; both phases."""
    siens = Poste.objects.filter(perimetre_of(hopital).postes(), semestre__code=semestre)
    premiers = {row.des_id: row for row in siens.order_by("-pk")}
    principal = Specialite.objects.filter(portee__compte__role=Role.COORDONNATEUR).first()
    saisis = []
    for rang, row in enumerate([*premiers.values()][:14]):
        des = principal.pk if principal is not None and rang % 3 == 0 else row.des_id
        saisis.append(
            PosteSaisi(
                service=row.service_id,
                des=des,
                regime=Regime.SOCLE if rang % 2 else Regime.AR_APPROFONDISSEMENT,
                flechage=FLECHAGES[rang % len(FLECHAGES)],
                allocation=ALLOCATION if rang % 5 == 4 else "",
            )
        )
    return saisis


def _advise(pk: int, proposes: Sequence[PostePropose], coordonnateur: Visiteur, maintenant: int) -> None:
    """On most of the seats of his DES: some still wait for him."""
    siens = PostePropose.objects.filter(perimetre_of(coordonnateur).proposes(), ouverture=pk).order_by("pk")
    for rang, propose in enumerate([*siens][: max(0, siens.count() - 3)]):
        sens, texte = AVIS[rang % len(AVIS)]
        give_avis(pk, [propose.pk], sens, texte, Geste(visiteur=coordonnateur, maintenant=maintenant))


def _decide(pk: int, proposes: Sequence[PostePropose], geste: Geste) -> None:
    """Some agreed, some refused, the most still to be looked at."""
    accordes, refuses = [un.pk for un in proposes[:6]], [un.pk for un in proposes[6:8]]
    if accordes:
        decide_postes(pk, accordes, "accorder", "", geste)
        set_allocation(pk, accordes[:2], ALLOCATION, geste)
    if refuses:
        decide_postes(pk, refuses, "refuser", "Au-delà du besoin du DES ce semestre.", geste)


def _partner(role: Role) -> Visiteur | None:
    compte = Compte.objects.filter(email=NOMS[role][0]).first()
    return visiteur_of(compte) if compte else None
