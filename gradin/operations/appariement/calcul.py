"""Runs a round, DES by DES: the published input, the stable result checked twice, the reason of each wish."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from threading import Event

from django.db import transaction

from gradin.data.appariement.models import CalculAppariement, ResultatCandidat, TourCampagne
from gradin.data.referentiel.models import Specialite
from gradin.domain.appariement.calendrier import Etape
from gradin.domain.appariement.campagne import (
    TourAppariement,
    find_candidats_insuffisants,
    find_sites_insuffisants,
)
from gradin.domain.appariement.engagements import write_liste
from gradin.domain.appariement.publication import (
    Pseudonymes,
    keep_mutual,
    make_pseudonymes,
    pseudonymise,
    write_publication,
)
from gradin.domain.appariement.resultat import (
    Appariement,
    AppariementInstable,
    explain_all,
    find_objections,
    pair,
)
from gradin.operations.appariement.campagnes import lock_tour, record_acte
from gradin.operations.appariement.refus import AppariementRefuse
from gradin.operations.permissions_appariement import check_can_run_appariement
from gradin.queries.appariement.recus import list_engagements
from gradin.queries.appariement.tours import ECHEC, NOMS, build_tour, list_des, read_tour
from gradin.queries.visiteurs import Visiteur

logger = logging.getLogger(__name__)
# Results written in one transaction; what a server rests after each.
LOT, REPOS_S = 200, 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Filiere:
    """One DES computed: what is published, and the same in real codes.

    Who answered too little: `ecartes` candidate → (sites marked, asked), `sites_ecartes` site → (candidates
    ranked, asked).
    """

    des: int
    intitule: str
    entree: TourAppariement
    pseudonymes: Pseudonymes
    publie: TourAppariement
    resultat: Appariement
    ecartes: Mapping[str, tuple[int, int]]
    sites_ecartes: Mapping[str, tuple[int, int]]


@transaction.atomic
def begin_run(tour: int, admis: Mapping[str, list[int]], visiteur: Visiteur | None, maintenant: int) -> None:
    """`admis`: who takes part although he answered too little. Raises AppariementRefuse, Interdit.

    `maintenant` names this run for `run_tour` and `fail_run`.
    """
    row = lock_tour(tour)
    if visiteur is not None:
        check_can_run_appariement(visiteur, row.campagne)
    lu = read_tour(row, _instant(maintenant))
    if lu.hors_plateforme:
        raise AppariementRefuse("Le troisième tour se saisit à la main\u00a0: il ne se calcule pas.")
    if lu.lance:
        raise AppariementRefuse("Le calcul de ce tour est déjà en cours. Attendez qu’il finisse.")
    if lu.etape not in (Etape.CALCUL, Etape.ATTENTE):
        raise AppariementRefuse(
            "Un tour se calcule après la clôture des classements et avant l’annonce de son résultat."
        )
    row.admis, row.lance_at, row.echec, row.calcule_at = dict(admis), maintenant, "", None
    row.sites_ecartes = {}
    row.save(update_fields=["admis", "lance_at", "echec", "calcule_at", "sites_ecartes"])
    CalculAppariement.objects.filter(tour=row).delete()
    ResultatCandidat.objects.filter(tour=row).delete()
    record_acte(row.campagne, "calcul", visiteur, maintenant, tour=row.numero, admis=dict(admis))


def run_tour(tour: int, lance_at: int, repos_s: float = 0.0) -> None:
    """The work itself, DES by DES, so that its progress is read while it goes on: everything is computed
    first, then written by lots, each a short transaction that no turn of a running amphi feels.

    `repos_s`: a rest after each lot. SQLite lets nobody in between two transactions that follow at once.
    Writes nothing more once its patience is over and another run, or a new calendar, took its place.
    """
    row = TourCampagne.objects.select_related("campagne").get(pk=tour)
    for des in list_des(row):
        une = compute_des(row, des)
        resultats = [*_give(row, une), *_leave_out(row, une)]
        calcul = _publish(row, une, resultats)
        entiers = _write_lots(tour, resultats, lance_at, repos_s)
        if not entiers or not _finish_des(tour, calcul, une.sites_ecartes, lance_at):
            logger.warning("matching round %s: a run that was replaced stops", tour)
            return
    TourCampagne.objects.filter(pk=tour, lance_at=lance_at).update(lance_at=None, calcule_at=lance_at)


def fail_run(tour: int, lance_at: int) -> None:
    """Says nothing over a result that is stored, nor over the run that came after."""
    TourCampagne.objects.filter(pk=tour, lance_at=lance_at).update(lance_at=None, echec=ECHEC)


def compute_des(row: TourCampagne, des: int) -> Filiere:
    """Nothing is written. Raises AppariementInstable, which would be a fault of ours."""
    entree, ecartes, sites_ecartes = _set_aside(
        build_tour(row, des), row.admis, par_rang=row.campagne.mode == "rang"
    )
    pseudonymes = make_pseudonymes(entree, row.campagne.sel)
    complet = pseudonymise(entree, pseudonymes)
    publie = keep_mutual(complet)
    resultat = pair(publie)
    # On every answer, not only on those that decide.
    if any(find_objections(complet, resultat)):
        raise AppariementInstable
    return Filiere(
        des=des,
        intitule=Specialite.objects.get(pk=des).intitule,
        entree=complet,
        pseudonymes=pseudonymes,
        publie=publie,
        resultat=resultat,
        ecartes=ecartes,
        sites_ecartes=sites_ecartes,
    )


def _set_aside(
    tour: TourAppariement, admis: Mapping[str, list[int]], *, par_rang: bool
) -> tuple[TourAppariement, Mapping[str, tuple[int, int]], Mapping[str, tuple[int, int]]]:
    """Without those who answered too little and whom the ARS did not admit."""
    gardes = {str(pk) for pk in admis.get("candidats", [])}
    ouverts = {str(pk) for pk in admis.get("sites", [])}
    candidats = {
        une.code: (une.donnes, une.attendus)
        for une in find_candidats_insuffisants(tour)
        if une.code not in gardes
    }
    sites = {
        une.code: (une.donnes, une.attendus)
        for une in (() if par_rang else find_sites_insuffisants(tour))
        if une.code not in ouverts
    }
    restent = replace(
        tour,
        candidats=tuple(
            replace(c, notes={site: note for site, note in c.notes.items() if site not in sites})
            for c in tour.candidats
            if c.code not in candidats
        ),
        sites=tuple(
            replace(s, classements={c: rang for c, rang in s.classements.items() if c not in candidats})
            for s in tour.sites
            if s.code not in sites
        ),
    )
    return restent, candidats, sites


def _publish(row: TourCampagne, une: Filiere, resultats: Sequence[ResultatCandidat]) -> CalculAppariement:
    fichier = write_publication(une.publie, une.resultat)
    empreinte = sha256(fichier.encode()).hexdigest()
    engagements = tuple(list_engagements(row, resultats, une.des))
    return CalculAppariement(
        tour=row,
        des_id=une.des,
        fichier=fichier,
        empreinte=empreinte,
        engagements=write_liste(
            f"{row.campagne.intitule}, {NOMS[row.numero]}", une.intitule, empreinte, engagements
        ),
        candidats=len(une.publie.candidats),
        places=sum(site.places for site in une.publie.sites),
        affectes=len(une.resultat.sites),
    )


def _give(row: TourCampagne, une: Filiere) -> Iterator[ResultatCandidat]:
    """What each candidate got, and the reason of each of his wishes."""
    sites = {public: int(reel) for reel, public in une.pseudonymes.sites.items()}
    raisons = explain_all(une.entree, une.resultat)
    for reel, public in une.pseudonymes.candidats.items():
        yield ResultatCandidat(
            tour=row,
            candidature_id=int(reel),
            site_id=sites.get(une.resultat.sites.get(public, "")),
            explications=[
                {"site": sites[raison.site], "note": raison.note, "issue": raison.issue.value}
                for raison in raisons[public]
            ],
        )


def _leave_out(row: TourCampagne, une: Filiere) -> Iterator[ResultatCandidat]:
    for code, (donnes, requises) in sorted(une.ecartes.items()):
        yield ResultatCandidat(
            tour=row,
            candidature_id=int(code),
            motif=f"Vous avez noté trop peu de sites ({donnes} sur {requises} demandés)\u00a0: votre dossier "
            "n’a pas pris part à ce tour.",
        )


def _write_lots(tour: int, resultats: Sequence[ResultatCandidat], lance_at: int, repos_s: float) -> bool:
    for debut in range(0, len(resultats), LOT):
        if not _write_lot(tour, resultats[debut : debut + LOT], lance_at):
            return False
        Event().wait(repos_s)
    return True


@transaction.atomic
def _write_lot(tour: int, lot: Sequence[ResultatCandidat], lance_at: int) -> bool:
    """False, and nothing written, when this run is no more the one of its round."""
    if lock_tour(tour).lance_at != lance_at:
        return False
    ResultatCandidat.objects.bulk_create(lot)
    return True


@transaction.atomic
def _finish_des(
    tour: int, calcul: CalculAppariement, ecartes: Mapping[str, tuple[int, int]], lance_at: int
) -> bool:
    row = lock_tour(tour)
    if row.lance_at != lance_at:
        return False
    calcul.save(force_insert=True)
    row.sites_ecartes = {**row.sites_ecartes, **{code: [*combien] for code, combien in ecartes.items()}}
    row.save(update_fields=["sites_ecartes"])
    return True


def _instant(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
