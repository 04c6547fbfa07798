"""The public list of amphis, one amphi's head and its sessions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Length

from gradin.data.amphis.models import Amphi, EtatAmphi, Fait, SessionChoix, Statut
from gradin.data.internes.models import Phase
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.pages import order_of
from gradin.queries.prechoix import last_closing
from gradin.queries.public.semestres import SemestreLu
from gradin.queries.recherche.filtre import codes_of
from gradin.queries.recherche.suggestions import Valeur

DIRECT = "direct"
APRES_CLOTURE = "apres_cloture"
ORDRE = (Length("groupe__code"), "groupe__code", "phase", "pk")
COLONNES: dict[str, tuple[Any, ...]] = {
    "code": ORDRE,
    "groupe": ("groupe__nom",),
    "formation": ("groupe__formation",),
    "phase": ("phase",),
    "etat": ("etat",),
    "favoris": ("ouverture_favoris",),
    "debut": ("debut",),
    "fin": ("fin",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AmphiLu:
    """`previsionnel`: no session is cut yet, the hours are a forecast. `attendent`: still « à venir ».

    `voeux_jusque`: in an amphi `par_voeux`, the last closing while wishes may still change.
    """

    pk: int
    code: str
    groupe: str
    formation: str
    phase: str
    intitule: str
    etat: str
    favoris: datetime | None
    debut: datetime | None
    fin: datetime | None
    previsionnel: bool
    fuseau: str
    internes: int
    choisis: int
    attendent: int
    par_voeux: bool
    voeux_jusque: datetime | None
    semestre: str
    libelle_semestre: str

    @property
    def is_running(self) -> bool:
        return self.etat in (EtatAmphi.EN_COURS, EtatAmphi.PAUSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLue:
    """`commencee`: when it really began (ms UTC), as the journal says."""

    numero: int
    debut: datetime
    fin: datetime
    rang_de: int
    rang_a: int
    commencee: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltreAmphis:
    """`amphi`: any of these, each a code or words of the groupe's name."""

    phase: str = ""
    formation: str = ""
    amphi: tuple[str, ...] = ()
    tri: str = "code"

    @property
    def criteres(self) -> dict[str, tuple[str, ...]]:
        return {"amphi": self.amphi} if self.amphi else {}


def list_amphis(semestre: SemestreLu, filtre: FiltreAmphis, maintenant: datetime) -> list[AmphiLu]:
    """In the order of the codes by default."""
    amphis = _counted(Amphi.objects.filter(semestre=semestre.pk))
    if filtre.phase:
        amphis = amphis.filter(phase=filtre.phase)
    if filtre.formation:
        amphis = amphis.filter(groupe__formation=filtre.formation)
    if filtre.amphi:
        groupes = amphis.order_by().values_list("groupe", "groupe__code", "groupe__nom").distinct()
        amphis = amphis.filter(Q(groupe__in=codes_of(groupes, filtre.amphi)))
    return _read_all(amphis.order_by(*order_of(filtre.tri, COLONNES, "code"), *ORDRE), maintenant)


def list_groupes(semestre: SemestreLu) -> tuple[Valeur, ...]:
    """The groupes that have an amphi, to choose among."""
    rows = Amphi.objects.filter(semestre=semestre.pk).values_list("groupe__code", "groupe__nom").distinct()
    lus = rows.order_by(Length("groupe__code"), "groupe__code")
    return tuple(Valeur(valeur=code, mot=f"{code} - {nom}") for code, nom in lus)


def find_amphi(pk: int, maintenant: datetime) -> AmphiLu | None:
    lus = _read_all(_counted(Amphi.objects.filter(pk=pk)), maintenant)
    return lus[0] if lus else None


def get_row(pk: int) -> Amphi | None:
    """The row itself, for permissions to judge; pages read `find_amphi`."""
    return Amphi.objects.filter(pk=pk).first()


def find_emetteur(pk: int) -> str:
    """Who answers for the amphi, as documents name it."""
    nom = Amphi.objects.values_list("subdivision__nom", flat=True).get(pk=pk)
    return f"Agence régionale de santé, {nom}"


def list_sessions(pk: int) -> list[SessionLue]:
    faits = Fait.objects.filter(amphi=pk, fait="SessionOuverte").order_by("n").values_list("p__session", "a")
    commencees = dict(reversed(faits))
    return [
        SessionLue(
            numero=s.numero,
            debut=s.debut,
            fin=s.fin,
            rang_de=s.rang_de,
            rang_a=s.rang_a,
            commencee=commencees.get(s.numero),
        )
        for s in SessionChoix.objects.filter(amphi=pk)
    ]


def etat_shown(amphi: Amphi, maintenant: datetime) -> str:
    """`ouvert` follows from the date of the favourites: nobody writes it."""
    ouverture = amphi.ouverture_favoris
    if amphi.etat == EtatAmphi.VALIDE and ouverture is not None and ouverture <= maintenant:
        return EtatAmphi.OUVERT
    return amphi.etat


def names_are_public(amphi: Amphi) -> bool:
    """The parameter `noms_publics` of the amphi (rules.md §9)."""
    reglage = amphi.parametres.get("noms_publics", APRES_CLOTURE)
    if reglage == APRES_CLOTURE:
        return amphi.etat == EtatAmphi.CLOS
    return bool(reglage == DIRECT)


def phases() -> list[tuple[str, str]]:
    return [(p.value, p.label) for p in Phase if p is not Phase.CONSOLIDATION]


def _counted(amphis: QuerySet[Amphi]) -> QuerySet[Amphi]:
    return amphis.select_related("groupe", "subdivision", "semestre")


def _read_all(amphis: Iterable[Amphi], maintenant: datetime) -> list[AmphiLu]:
    rows = [*amphis]
    pks = [amphi.pk for amphi in rows]
    places = (
        Amphi.objects.filter(pk__in=pks)
        .annotate(
            internes=Count("places"),
            choisis=Count("places", filter=Q(places__statut=Statut.A_CHOISI)),
            attendent=Count("places", filter=Q(places__statut=Statut.A_VENIR)),
        )
        .values_list("pk", "internes", "choisis", "attendent")
    )
    comptes = {pk: nombres for pk, *nombres in places}
    coupes = {*SessionChoix.objects.filter(amphi__in=pks).values_list("amphi", flat=True).distinct()}
    return [_read(amphi, comptes[amphi.pk], amphi.pk not in coupes, maintenant) for amphi in rows]


def _read(amphi: Amphi, compte: Sequence[int], previsionnel: bool, maintenant: datetime) -> AmphiLu:
    par_voeux = bool(amphi.parametres.get("par_voeux"))
    return AmphiLu(
        pk=amphi.pk,
        code=amphi.groupe.code,
        groupe=amphi.groupe.nom,
        formation=amphi.groupe.get_formation_display(),
        phase=amphi.get_phase_display(),
        intitule=amphi.intitule or f"{amphi.groupe.nom}, {amphi.get_phase_display().lower()}",
        etat=etat_shown(amphi, maintenant),
        favoris=amphi.ouverture_favoris,
        debut=amphi.debut,
        fin=amphi.fin,
        previsionnel=previsionnel,
        fuseau=amphi.subdivision.fuseau,
        internes=compte[0],
        choisis=compte[1],
        attendent=compte[2],
        par_voeux=par_voeux,
        voeux_jusque=last_closing(amphi.pk) if par_voeux else None,
        semestre=amphi.semestre.code,
        libelle_semestre=parse_semestre(amphi.semestre.code).libelle,
    )
