"""In whose place one is in the salle: one's own, or a mandant's (kept in the session)."""

from dataclasses import dataclass

from django.http import HttpRequest

from gradin.queries.demandes import StatutLu, read_statut
from gradin.queries.procurations import MandatLu, ProcurationLue, list_mandats, read_dossier_procuration
from gradin.queries.salle import Salle, find_salle
from gradin.queries.visiteurs import Visiteur

CLE = "mandat"
RUNNING = ("en_cours", "pause")


def enter_role(request: HttpRequest, cle: str) -> None:
    """`cle` of a procuration; empty for oneself."""
    request.session[CLE] = cle


def mandats_now(request: HttpRequest, visiteur: Visiteur) -> tuple[MandatLu, ...]:
    """The places of the mandant for whom one acts now; who is no interne always acts for somebody."""
    cle = request.session.get(CLE, "")
    if visiteur.compte is None or (not cle and visiteur.interne is not None):
        return ()
    mandats = list_mandats(visiteur.compte)
    voulus = tuple(mandat for mandat in mandats if mandat.cle == cle)
    if not voulus and visiteur.interne is None and mandats:
        return tuple(mandat for mandat in mandats if mandat.cle == mandats[0].cle)
    return voulus


def salle_of_mandant(mandats: tuple[MandatLu, ...], amphi: int | None) -> Salle | None:
    """Only where the procuration holds: the amphis of its semestre, one that runs first."""
    places = sorted(
        (mandat for mandat in mandats if mandat.amphi is not None),
        key=lambda mandat: (mandat.amphi != amphi, mandat.etat_amphi not in RUNNING),
    )
    return find_salle(places[0].interne, places[0].amphi) if places else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What the pages of the salle show of it. `muet`: his mandataire chooses, not he."""

    mandat: MandatLu | None
    procuration: ProcurationLue | None
    statut: StatutLu | None
    autres: tuple[MandatLu, ...]

    @property
    def muet(self) -> bool:
        return self.mandat is None and self.procuration is not None


def role_of(request: HttpRequest, visiteur: Visiteur, salle: Salle, maintenant: int) -> Role:
    """The owner reads his procuration and his demand; a mandataire reads neither."""
    mandats = mandats_now(request, visiteur)
    if mandats:
        assert visiteur.compte is not None
        autres = tuple(one for one in list_mandats(visiteur.compte) if one.cle != mandats[0].cle)
        return Role(mandat=mandats[0], procuration=None, statut=None, autres=autres)
    dossier = read_dossier_procuration(salle.moi.interne, maintenant)
    return Role(
        mandat=None,
        procuration=dossier.courante if dossier else None,
        statut=read_statut(salle.moi.interne),
        autres=list_mandats(visiteur.compte) if visiteur.compte else (),
    )
