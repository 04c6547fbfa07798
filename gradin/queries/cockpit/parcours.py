"""The path of a semester in each subdivision of an agent's scope, with the dates that come next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from gradin.data.internes.models import Inscription
from gradin.data.ouverture.models import EtatPropose
from gradin.data.postes.models import EtatPoste, Poste
from gradin.data.referentiel.models import Semestre, Subdivision
from gradin.domain.rang.semestre import parse_semestre
from gradin.domain.reglages.ouverture import regles_of
from gradin.queries.besoins import PHASES
from gradin.queries.calendrier import EvenementLu, list_evenements
from gradin.queries.cockpit.amphis import LigneAmphi, list_lignes, scope_of
from gradin.queries.cockpit.chemin import Comptes, Etape, Suite
from gradin.queries.cockpit.etapes import build_etapes, next_suite
from gradin.queries.ouverture.campagnes import OuvertureLue, list_ouvertures
from gradin.queries.ouverture.comptes import list_manques
from gradin.queries.ouverture.proposes import count_proposes
from gradin.queries.public.semestres import SemestreLu
from gradin.queries.reglages import regles_ouverture_of
from gradin.queries.visiteurs import Visiteur

DATES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcoursSemestre:
    """One subdivision. `phases`: those with an amphi that may still move, value and words."""

    pk: int
    code: str
    nom: str
    fuseau: str
    etapes: tuple[Etape, ...]
    suite: Suite | None
    amphis: tuple[LigneAmphi, ...]
    dates: tuple[EvenementLu, ...]
    phases: tuple[tuple[str, str], ...]

    @property
    def faites(self) -> int:
        return sum(etape.statut == "fait" for etape in self.etapes)

    @property
    def publiables(self) -> int:
        return sum(amphi.is_publishable for amphi in self.amphis)

    @property
    def ouvrables(self) -> int:
        return sum(amphi.etat == "valide" for amphi in self.amphis)


def list_prepares(agent: Visiteur) -> tuple[SemestreLu, ...]:
    """Semestres with anything of his scope in them, the latest first; the one in which nothing began too."""
    rows = Semestre.objects.order_by("-code")
    return tuple(
        SemestreLu(pk=row.pk, code=row.code, libelle=parse_semestre(row.code).libelle)
        for row in rows
        if Inscription.objects.filter(scope_of(agent), semestre=row).exists()
        or Poste.objects.filter(scope_of(agent), semestre=row).exists()
    )


def list_parcours(
    agent: Visiteur, semestre: SemestreLu | None, maintenant: datetime
) -> tuple[ParcoursSemestre, ...]:
    siennes = Subdivision.objects.filter(pk__in={subdivision for subdivision, _ in agent.portees})
    lignes = list_lignes(agent, semestre, maintenant) if semestre else ()
    dates = list_evenements(semestre, agent) if semestre else []
    return tuple(_read(row, agent, semestre, lignes, dates, maintenant) for row in siennes)


def _read(
    row: Subdivision,
    agent: Visiteur,
    semestre: SemestreLu | None,
    lignes: tuple[LigneAmphi, ...],
    dates: list[EvenementLu],
    maintenant: datetime,
) -> ParcoursSemestre:
    amphis = tuple(ligne for ligne in lignes if ligne.subdivision == row.pk)
    etapes = build_etapes(count_semestre(agent, semestre, row, amphis), maintenant)
    phases = {a.phase for a in amphis if not a.is_started}
    a_venir = (d for d in dates if d.subdivision_pk == row.pk and d.passe_a > maintenant)
    return ParcoursSemestre(
        pk=row.pk,
        code=row.code,
        nom=row.nom,
        fuseau=row.fuseau,
        etapes=etapes,
        suite=next_suite(etapes),
        amphis=amphis,
        dates=tuple(a_venir)[:DATES],
        phases=tuple((phase.value, str(phase.label)) for phase in PHASES if phase.value in phases),
    )


def count_semestre(
    agent: Visiteur, semestre: SemestreLu | None, row: Subdivision, amphis: tuple[LigneAmphi, ...]
) -> Comptes:
    if semestre is None:
        return Comptes(semestre="", subdivision=row.code)
    ici = scope_of(agent) & Q(semestre=semestre.pk, subdivision=row)
    internes = Inscription.objects.filter(ici)
    attendus = internes.filter(phase__in=PHASES)
    postes = Poste.objects.filter(ici).exclude(etat=EtatPoste.RETIRE)
    ouverture = _find_ouverture(agent, semestre.pk, row.pk)
    proposes = count_proposes(ouverture) if ouverture else {}
    regles = regles_of(regles_ouverture_of(semestre.pk, row.pk))
    return Comptes(
        semestre=semestre.code,
        subdivision=row.code,
        internes=internes.count(),
        sans_rang=attendus.filter(rang_local=None).count(),
        sans_amphi=attendus.filter(places=None).count(),
        postes=(total := postes.count()),
        manques=list_manques(attendus, postes, regles) if total else (),
        amphis=amphis,
        ouverture=ouverture.pk if ouverture else None,
        a_etudier=proposes.get(EtatPropose.PROPOSE, 0),
        a_publier=proposes.get(EtatPropose.ACCORDE, 0),
    )


def _find_ouverture(agent: Visiteur, semestre: int, subdivision: int) -> OuvertureLue | None:
    lues = list_ouvertures(agent)
    return next((lue for lue in lues if (lue.semestre, lue.subdivision) == (semestre, subdivision)), None)
