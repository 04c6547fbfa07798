"""« Fiche du service »: its postes as they stand, how far it went before, and what is mine there."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from gradin.domain.kernel import Motif
from gradin.operations.permissions_evaluations import can_read_evaluations
from gradin.operations.services.notes import SIGNES
from gradin.queries.agrements.liste import list_of_service
from gradin.queries.evaluations.resultats import read_resultats
from gradin.queries.parcours.marques import Marques, marks_of
from gradin.queries.public.semestres import SemestreLu, find_semestre, version_of
from gradin.queries.services.criteres import values_of
from gradin.queries.services.fiche import FicheService, PosteDeService, find_fiche
from gradin.queries.services.miens import MesPostes, find_miens, own_note
from gradin.queries.services.rangs import SerieRangs, list_series
from gradin.queries.visiteurs import Visiteur, visiteur_of
from gradin.web.public import requete
from gradin.web.public.departements import name_departement
from gradin.web.salle.chances import chances_of
from gradin.web.services.barres import draw_bars
from gradin.web.services.evaluations import show_resultats

HABITUEL = "Hospitalier"


@dataclass(frozen=True, slots=True, kw_only=True)
class LignePoste:
    """`detail`: what sets it apart. `ouverture`: what the rules say of it to an interne."""

    poste: PosteDeService
    detail: str
    ouvert: bool
    ouverture: str
    favori: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SerieMontree:
    """`repere`: the reader's own rank against those of the series, in words."""

    serie: SerieRangs
    barres: tuple[SafeString, ...]
    mon_rang: int | None
    repere: str

    @property
    def lignes(self) -> list[tuple[object, SafeString]]:
        return [*zip(reversed(self.serie.rangs), reversed(self.barres), strict=True)]


@login_not_required
@require_safe
def service(request: HttpRequest, imotep: str) -> HttpResponse:
    """For anybody; a signed-in interne also reads what is open to him, his stars and his note."""
    semestre = find_semestre(requete.read_words(request, "semestre"))
    fiche = find_fiche(imotep, semestre.pk) if semestre is not None else None
    if semestre is None or fiche is None:
        raise Http404("Ce service n’existe pas ici.")
    visiteur = visiteur_of(request.user)
    miens, communs = _miens(visiteur, semestre, fiche), _shared(fiche.postes)
    contexte: dict[str, object] = {
        "semestre": semestre,
        "version": version_of(semestre),
        "maintenant": requete.now(),
        "fiche": fiche,
        "departement": name_departement(fiche.departement),
        "miens": miens,
        "chances": chances_of(miens.amphi, miens.place) if miens and miens.modifiables else None,
        "communs": communs,
        "marques": _marks(visiteur, semestre),
        "lignes": [_line(poste, communs, miens) for poste in fiche.postes],
    }
    if not request.headers.get(requete.FRAGMENT):
        contexte |= _rest(visiteur, semestre, fiche, miens)
    return requete.render_list(request, "services/fiche.html", contexte)


def _rest(
    visiteur: Visiteur, semestre: SemestreLu, fiche: FicheService, miens: MesPostes | None
) -> dict[str, object]:
    """What does not change with a choice."""
    lit = can_read_evaluations(visiteur)
    ecrit = visiteur.interne is not None and visiteur.compte is not None
    return {
        "agrements": list_of_service(fiche.imotep, requete.now().date()),
        "series": [
            _series(serie, miens) for serie in _own_first(list_series(fiche.pk, semestre.code), miens)
        ],
        "criteres": values_of(fiche.pk),
        "lit_evaluations": lit,
        "evaluations": show_resultats(read_resultats(fiche.pk, requete.now())) if lit else (),
        "ecrit": ecrit,
        "note": own_note(visiteur.compte, fiche.pk) if ecrit and visiteur.compte is not None else None,
        "signes": SIGNES,
    }


def _marks(visiteur: Visiteur, semestre: SemestreLu) -> Marques | None:
    marques = marks_of(visiteur.interne) if visiteur.interne is not None else None
    return marques if marques and marques.holds_for(semestre.code) else None


def _miens(visiteur: Visiteur, semestre: SemestreLu, fiche: FicheService) -> MesPostes | None:
    if visiteur.interne is None:
        return None
    numeros = [poste.numero for poste in fiche.postes]
    return find_miens(visiteur.interne, semestre.code, fiche.imotep, requete.now(), numeros)


def _shared(postes: tuple[PosteDeService, ...]) -> list[str]:
    """What is said once because it is true of all."""
    if len(postes) < 2:
        return []
    dits = [set(_words(poste)) for poste in postes]
    return [mot for mot in _words(postes[0]) if all(mot in autres for autres in dits)]


def _words(poste: PosteDeService) -> list[str]:
    mots = [poste.des, poste.regime, "" if poste.type_poste == HABITUEL else poste.type_poste]
    return [mot for mot in (*mots, poste.reserve and f"Réservé\u00a0: {poste.reserve}") if mot]


def _line(poste: PosteDeService, communs: list[str], miens: MesPostes | None) -> LignePoste:
    motif = miens.ouverts[poste.numero] if miens is not None else Motif.HORS_OFFRE
    lu = miens is not None and poste.etat != "retire"
    return LignePoste(
        poste=poste,
        detail=" · ".join(mot for mot in _words(poste) if mot not in communs),
        ouvert=lu and motif is None,
        ouverture=_opening(poste, motif) if lu else "",
        favori=miens is not None and poste.numero in miens.numeros,
    )


def _opening(poste: PosteDeService, motif: Motif | None) -> str:
    if motif is None:
        return "Ouvert à votre DES" if poste.reserve else "Ouvert à votre groupe"
    # Whom it is reserved for is written beside.
    return "" if motif is Motif.POSTE_RESERVE else "Pas dans votre amphithéâtre"


def _own_first(series: tuple[SerieRangs, ...], miens: MesPostes | None) -> list[SerieRangs]:
    return sorted(series, key=lambda serie: not _is_mine(serie, miens))


def _is_mine(serie: SerieRangs, miens: MesPostes | None) -> bool:
    return miens is not None and (serie.groupe, serie.phase) == (miens.groupe, miens.phase)


def _series(serie: SerieRangs, miens: MesPostes | None) -> SerieMontree:
    mon_rang = miens.rang if miens is not None and _is_mine(serie, miens) else None
    return SerieMontree(
        serie=serie,
        barres=draw_bars(serie, mon_rang),
        mon_rang=mon_rang,
        repere="" if mon_rang is None else _landmark(serie, mon_rang),
    )


def _landmark(serie: SerieRangs, mon_rang: int) -> str:
    """Said of the past alone: nobody is promised anything."""
    fois, total = sum(rang.restait_au(mon_rang) for rang in serie.rangs), len(serie.rangs)
    if fois == 0:
        return "À votre rang, il ne restait aucun poste dans ce service."
    combien = f"{fois} semestre{'s' if fois > 1 else ''} sur {total}"
    return f"À votre rang, il restait encore un poste {combien}."
