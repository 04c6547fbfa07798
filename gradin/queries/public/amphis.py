"""The public list of amphis, one amphi's head and its sessions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Length

from gradin.data.amphis.models import Amphi, EtatAmphi, SessionChoix, Statut
from gradin.data.internes.models import Phase
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.public.semestres import SemestreLu

DIRECT = "direct"
APRES_CLOTURE = "apres_cloture"


@dataclass(frozen=True, slots=True, kw_only=True)
class AmphiLu:
    """`previsionnel`: no session is cut yet, the hours are a forecast."""

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
    semestre: str
    libelle_semestre: str

    @property
    def is_running(self) -> bool:
        return self.etat in (EtatAmphi.EN_COURS, EtatAmphi.PAUSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLue:
    numero: int
    debut: datetime
    fin: datetime
    rang_de: int
    rang_a: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltreAmphis:
    phase: str = ""
    formation: str = ""
    q: str = ""


def list_amphis(semestre: SemestreLu, filtre: FiltreAmphis, maintenant: datetime) -> list[AmphiLu]:
    """In the order of the codes; those not validated are left out: nothing of them is sure."""
    amphis = _counted(Amphi.objects.filter(semestre=semestre.pk))
    if filtre.phase:
        amphis = amphis.filter(phase=filtre.phase)
    if filtre.formation:
        amphis = amphis.filter(groupe__formation=filtre.formation)
    if filtre.q:
        amphis = amphis.filter(Q(groupe__nom__icontains=filtre.q) | Q(groupe__code=filtre.q))
    return _read_all(amphis.order_by(Length("groupe__code"), "groupe__code", "phase", "pk"), maintenant)


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
    return [
        SessionLue(numero=s.numero, debut=s.debut, fin=s.fin, rang_de=s.rang_de, rang_a=s.rang_a)
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
        .annotate(internes=Count("places"), choisis=Count("places", filter=Q(places__statut=Statut.A_CHOISI)))
        .values_list("pk", "internes", "choisis")
    )
    comptes = {pk: (internes, choisis) for pk, internes, choisis in places}
    coupes = {*SessionChoix.objects.filter(amphi__in=pks).values_list("amphi", flat=True).distinct()}
    return [_read(amphi, comptes[amphi.pk], amphi.pk not in coupes, maintenant) for amphi in rows]


def _read(amphi: Amphi, compte: tuple[int, int], previsionnel: bool, maintenant: datetime) -> AmphiLu:
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
        semestre=amphi.semestre.code,
        libelle_semestre=parse_semestre(amphi.semestre.code).libelle,
    )
