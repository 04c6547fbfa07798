"""The sheets of the statistics' workbook: the same figures as the page, every line of them."""

from collections.abc import Iterable

from gradin.documents.classeur import Cellule, Feuille
from gradin.domain.durees import BORNES_S, SECONDE, Durees
from gradin.queries.services.criteres import CompteCritere, count_offer
from gradin.queries.statistiques import amphis, rangs, remplissage
from gradin.queries.statistiques.amphis import LigneAmphi
from gradin.queries.statistiques.filtre import FiltreStatistiques, offered_of
from gradin.queries.statistiques.remplissage import Compte, LigneLieu, LigneSemestre
from gradin.queries.visiteurs import Visiteur
from gradin.web.public.departements import name_departement

COMPTE = ("Postes offerts", "Postes choisis", "Postes restants", "Taux (%)")
DUREES = ("Choix mesurés", "Médiane (s)", "9 sur 10 en moins de (s)")
TRANCHES = (*(f"Moins de {borne} s" for borne in BORNES_S), f"{BORNES_S[-1]} s et plus")


def make_feuilles(agent: Visiteur, filtre: FiltreStatistiques) -> tuple[Feuille, ...]:
    comptes = remplissage.count_places(agent, filtre)
    seances = amphis.list_amphis(agent, filtre)
    return (
        _semestres(filtre, remplissage.by_semestre(agent, filtre, comptes), amphis.by_semestre(seances)),
        _lieux(filtre, "Départements", remplissage.by_departement(filtre, comptes, name_departement)),
        _lieux(filtre, "Établissements", remplissage.by_etablissement(filtre, comptes)),
        _amphis(seances),
        _rangs(filtre, rangs.list_services(agent, filtre)),
        _criteres(count_offer(offered_of(agent, filtre).filter(amphi__semestre__code=filtre.semestre))),
    )


def _semestres(
    filtre: FiltreStatistiques,
    lignes: Iterable[LigneSemestre],
    temps: dict[str, amphis.LigneTemps],
) -> Feuille:
    return Feuille(
        nom="Semestres",
        titre=f"De semestre en semestre, jusqu’à {filtre.libelle}. Une case vide n’est pas connue.",
        entetes=("Semestre", *COMPTE, "Surnombres", "Absents à leur tour", "Temps écoulé", *DUREES),
        lignes=[
            (ligne.libelle, *_compte(ligne.compte), ligne.surnombres, *_temps(temps.get(ligne.code)))
            for ligne in lignes
        ],
    )


def _temps(temps: amphis.LigneTemps | None) -> tuple[Cellule, ...]:
    if temps is None:
        return (None,) * (2 + len(DUREES))
    return (temps.absents, temps.ecoules, *_durees(temps.durees))


def _lieux(filtre: FiltreStatistiques, nom: str, lignes: Iterable[LigneLieu]) -> Feuille:
    return Feuille(
        nom=nom,
        titre=f"Semestre de {filtre.libelle}\u00a0; l’écart est en points sur le semestre précédent.",
        entetes=("Nom", "Ville", *COMPTE, "Écart (points)"),
        lignes=[(ligne.nom, ligne.detail, *_compte(ligne.compte), _rounded(ligne.ecart)) for ligne in lignes],
    )


def _amphis(lignes: Iterable[LigneAmphi]) -> Feuille:
    return Feuille(
        nom="Amphithéâtres",
        titre="Un poste déjà choisi par un amphithéâtre de la même chaîne n’est pas offert au suivant.",
        entetes=(
            *("Semestre", "Groupe", "Phase", "Internes", *COMPTE, "Surnombres"),
            *("Tours passés", "Absents à leur tour", "Temps écoulé", *DUREES, *TRANCHES),
        ),
        lignes=[
            (
                *(ligne.semestre, ligne.groupe, ligne.phase, ligne.internes, *_compte(ligne.compte)),
                *(ligne.surnombres, ligne.seance.passes, ligne.seance.absents, ligne.seance.ecoules),
                *(*_durees(ligne.durees), *ligne.durees.tranches),
            )
            for ligne in lignes
        ],
    )


def _rangs(filtre: FiltreStatistiques, lignes: Iterable[rangs.LigneService]) -> Feuille:
    colonnes = [mot for code in filtre.semestres for mot in (f"Rang {code}", f"Restants {code}")]
    return Feuille(
        nom="Derniers rangs",
        titre="Rang du dernier interne (classique) qui a choisi ce service, et postes que personne n’a pris.",
        entetes=("Établissement", "Service", "IMOTEP", "Groupe", "Phase", *colonnes),
        lignes=[
            (
                *(ligne.etablissement, ligne.service, ligne.imotep, ligne.groupe, ligne.phase),
                *(
                    case
                    for rang in ligne.rangs
                    for case in ((rang.rang, rang.restants) if rang else (None, None))
                ),
            )
            for ligne in lignes
        ],
    )


def _criteres(lignes: Iterable[CompteCritere]) -> Feuille:
    return Feuille(
        nom="Critères de stage",
        titre="Postes des services qui ont cette valeur, au semestre regardé.",
        entetes=("Critère", "Valeur", "Services", "Postes offerts", "Postes choisis", "Taux (%)"),
        lignes=[
            (
                *(ligne.critere, ligne.valeur, ligne.services, ligne.offerts, ligne.choisis),
                _rounded(100 * ligne.choisis / ligne.offerts if ligne.offerts else None),
            )
            for ligne in lignes
        ],
    )


def _compte(compte: Compte) -> tuple[Cellule, ...]:
    return (compte.offerts, compte.choisis, compte.restants, _rounded(compte.taux))


def _durees(durees: Durees) -> tuple[Cellule, ...]:
    return (durees.nombre, _seconds(durees.mediane), _seconds(durees.p90))


def _seconds(ms: int | None) -> float | None:
    return None if ms is None else round(ms / SECONDE, 1)


def _rounded(valeur: float | None) -> float | None:
    return None if valeur is None else round(valeur, 1)
