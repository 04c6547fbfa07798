"""The wall screen: who chooses, who comes next, what is left; names only where they may be read."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from gradin.data.amphis.models import Affectation, Place
from gradin.data.postes.models import EtatPoste, Poste
from gradin.domain.amphi.appel import foreseen_order
from gradin.domain.amphi.lecture import compteurs
from gradin.domain.amphi.parametres import Mode
from gradin.domain.amphi.state import Etat
from gradin.queries.etats import lire_etat
from gradin.queries.noms import shorten_name

SUITE = 6
DERNIERS = 4
PAR_PAGE = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class TourMur:
    """`fin`: as everybody is shown it. `suspendu`: the instant of the pause. `compte`: false in a room."""

    interne: int
    rang: int
    nom: str
    fin: int
    suspendu: int | None
    compte: bool

    def seconds_left(self, maintenant: int) -> int:
        return max(0, -(-(self.fin - (self.suspendu or maintenant)) // 1000))


@dataclass(frozen=True, slots=True, kw_only=True)
class Attente:
    rang: int
    nom: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceMur:
    """`neuf`: the last choice was made here."""

    nom: str
    etablissement: str
    total: int
    libres: int
    neuf: bool

    @property
    def places(self) -> list[str]:
        return ["pourvu"] * (self.total - self.libres) + ["libre"] * self.libres


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoixMur:
    nom: str
    service: str
    etablissement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mur:
    seq: int
    etat: str
    session: str
    tour: TourMur | None
    suite: tuple[Attente, ...]
    offerts: int
    libres: int
    ont_choisi: int
    internes: int
    pages: tuple[tuple[ServiceMur, ...], ...]
    derniers: tuple[ChoixMur, ...]


def read_mur(amphi: int, *, nommer: bool) -> Mur:
    """The amphi has started. `nommer`: this reader may read names. Given by wishes, nobody is next."""
    seq, etat = lire_etat(amphi)
    noms = names_of(amphi) if nommer else {}
    compte = compteurs(etat)
    derniers = _last_choices(amphi)
    services = _services(amphi, derniers[0].poste.service_id if derniers else None)
    return Mur(
        seq=seq,
        etat=str(etat.etat),
        session=_session(etat),
        tour=_tour(etat, noms),
        suite=() if etat.parametres.par_voeux else _next_ones(etat, noms),
        offerts=compte.offerts,
        libres=compte.restants,
        ont_choisi=len(etat.choix),
        internes=len(etat.statuts),
        pages=tuple(tuple(services[i : i + PAR_PAGE]) for i in range(0, len(services), PAR_PAGE)),
        derniers=tuple(_read_choice(ligne, etat, noms) for ligne in derniers),
    )


def names_of(amphi: int) -> Mapping[int, str]:
    """Number in the started list → « Camille A. »."""
    rows = Place.objects.filter(amphi=amphi, numero__isnull=False).values_list(
        "numero", "inscription__interne__prenom", "inscription__interne__nom"
    )
    return {numero: shorten_name(prenom, nom) for numero, prenom, nom in rows if numero is not None}


def _session(etat: Etat) -> str:
    if not etat.session_en_cours:
        return ""
    ouverte = next((s for s in etat.sessions if s.session == etat.sessions_ouvertes), None)
    return f"Session {ouverte.session}, rangs {ouverte.rang_de} à {ouverte.rang_a}" if ouverte else ""


def _tour(etat: Etat, noms: Mapping[int, str]) -> TourMur | None:
    tour = etat.tour
    if tour is None:
        return None
    rang = etat.lignes[tour.interne].rang
    return TourMur(
        interne=tour.interne,
        rang=rang,
        nom=noms.get(tour.interne, ""),
        fin=tour.fin_publique,
        suspendu=tour.suspendu,
        compte=etat.parametres.mode is Mode.EN_LIGNE,
    )


def _next_ones(etat: Etat, noms: Mapping[int, str]) -> tuple[Attente, ...]:
    choisit = etat.tour.interne if etat.tour else None
    suivants = [numero for numero in foreseen_order(etat) if numero != choisit]
    return tuple(Attente(rang=etat.lignes[n].rang, nom=noms.get(n, "")) for n in suivants[:SUITE])


def _services(amphi: int, neuf: int | None) -> list[ServiceMur]:
    rows = (
        Poste.objects.filter(amphis=amphi)
        .exclude(etat=EtatPoste.RETIRE)
        .values("service", "service__nom", "service__etablissement__nom")
        .annotate(total=Count("pk"), libres=Count("pk", filter=Q(etat=EtatPoste.LIBRE)))
        .order_by("service__etablissement__cle_tri", "service__cle_tri", "service")
    )
    return [
        ServiceMur(
            nom=row["service__nom"],
            etablissement=row["service__etablissement__nom"],
            total=row["total"],
            libres=row["libres"],
            neuf=row["service"] == neuf,
        )
        for row in rows
    ]


def _last_choices(amphi: int) -> list[Affectation]:
    lignes = Affectation.objects.filter(amphi=amphi, annulee=False).order_by("-n")
    return [*lignes.select_related("poste__service__etablissement")[:DERNIERS]]


def _read_choice(ligne: Affectation, etat: Etat, noms: Mapping[int, str]) -> ChoixMur:
    interne = next((numero for numero, choix in etat.choix.items() if choix.n == ligne.n), None)
    rang = etat.lignes[interne].rang if interne is not None else None
    service = ligne.poste.service
    return ChoixMur(
        nom=noms.get(interne or 0, f"Rang {rang}"),
        service=service.nom,
        etablissement=service.etablissement.nom,
    )
