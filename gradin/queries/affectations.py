"""The list of affectations: whose name is said to whom (rules.md §9), the same filters as the postes."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Length

from gradin.data.amphis.models import Affectation
from gradin.data.internes.models import Inscription, Phase
from gradin.data.referentiel.models import Specialite
from gradin.domain.texte import fold
from gradin.queries.noms import noms_lisibles, shorten_name
from gradin.queries.pages import PageDeListe, cut_page, order_of
from gradin.queries.public.criteres_affectations import TOUS_ETATS, begins
from gradin.queries.public.textes import words_in
from gradin.queries.recherche.criteres import FiltrePostes
from gradin.queries.recherche.filtre import codes_of, find_postes
from gradin.queries.visiteurs import Visiteur

COLONNES: dict[str, tuple[Any, ...]] = {
    "heure": ("chosen_at", "pk"),
    "numero": (Length("poste__numero"), "poste__numero"),
    "departement": ("poste__service__etablissement__departement",),
    "etablissement": ("poste__service__etablissement__cle_tri",),
    "service": ("poste__service__cle_tri",),
    "des": ("poste__des__code_des",),
    "groupe": (Length("poste__groupe__code"), "poste__groupe__code"),
    "chef": ("poste__service__chef",),
    "type": ("poste__type_poste",),
    "imotep": ("poste__service__imotep",),
    "regime": ("phase_lue",),
    "des_interne": ("des_lu",),
}
# JSON name → path from Affectation. Never the type de choix: it tells a pregnancy or an illness.
CHAMPS = {
    "amphi": "amphi",
    "a": "chosen_at",
    "poste": "poste__numero",
    "des": "poste__des__code_des",
    "des_intitule": "poste__des__intitule",
    "groupe": "poste__groupe__code",
    "departement": "poste__service__etablissement__departement",
    "etablissement": "poste__service__etablissement__nom",
    "ville": "poste__service__etablissement__ville",
    "service": "poste__service__imotep",
    "service_nom": "poste__service__nom",
    "chef": "poste__service__chef",
    "flechage": "poste__flechage",
    "type": "poste__type_poste",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltreAffectations:
    """Each tuple: any of its values; empty: no filter. `regime`, `des_interne`, `interne` are of the interne,
    who is searched by the beginning of a prénom that may be read; the others are the poste's."""

    semestre: str = ""
    subdivision: str = ""
    amphi: tuple[int, ...] = ()
    regime: tuple[str, ...] = ()
    des: tuple[str, ...] = ()
    chef: tuple[str, ...] = ()
    interne: tuple[str, ...] = ()
    groupe: tuple[str, ...] = ()
    departement: tuple[str, ...] = ()
    etablissement: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    imotep: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    des_interne: tuple[str, ...] = ()
    numero: tuple[str, ...] = ()
    flechage: tuple[str, ...] = ()
    reserve: tuple[str, ...] = ()
    q: str = ""
    tri: str = "-heure"
    page: int = 1
    par_page: int = 30


DU_POSTE = (
    "des",
    "chef",
    "groupe",
    "departement",
    "etablissement",
    "service",
    "imotep",
    "type",
    "numero",
    "flechage",
    "reserve",
)


def list_affectations(filtre: FiltreAffectations, visiteur: Visiteur) -> PageDeListe:
    """Every standing affectation; the interne is « Camille L. », or null where he may not be named."""
    nomme = Case(When(noms_lisibles(visiteur).named(), then=Value(True)), default=Value(False))
    rows = _matching(_annotated(nomme), filtre)
    triees = rows.order_by(*order_of(filtre.tri, COLONNES, "heure"), *ORDRE)
    total, page = cut_page(triees, filtre.page, filtre.par_page)
    lues = page.values_list(
        "nomme", "interne__prenom", "interne__nom", *CHAMPS.values(), "phase_lue", "des_lu"
    )
    resultats = tuple(_read(row) for row in lues)
    return PageDeListe(resultats=resultats, total=total, page=filtre.page, par_page=filtre.par_page)


def own_affectations(interne: int) -> list[dict[str, Any]]:
    """All of one's own, over the semesters, for oneself alone."""
    rows = Affectation.objects.filter(interne=interne, annulee=False).order_by("-semestre__code")
    champs = {"semestre": "semestre__code", "type_choix": "type_choix", "n": "n"} | CHAMPS
    return [dict(zip(champs, row, strict=True)) for row in rows.values_list(*champs.values())]


ORDRE = (Length("poste__numero"), "poste__numero")


def _read(row: tuple[Any, ...]) -> dict[str, Any]:
    nomme, prenom, nom, *reste = row
    lue = dict(zip((*CHAMPS, "regime", "des_interne"), reste, strict=True))
    return lue | {"interne": shorten_name(prenom, nom) if nomme else None}


def _annotated(nomme: Case) -> QuerySet[Any]:
    """What is read of the interne stands in his inscription of that semestre."""
    inscrite = Inscription.objects.filter(interne=OuterRef("interne"), semestre=OuterRef("semestre"))
    return Affectation.objects.filter(annulee=False).annotate(
        nomme=nomme,
        phase_lue=Coalesce("amphi__phase", Subquery(inscrite.values("phase")[:1]), Value("")),
        des_lu=Coalesce(Subquery(inscrite.values("des__code_des")[:1]), Value("")),
    )


def _matching(lignes: QuerySet[Any], filtre: FiltreAffectations) -> QuerySet[Any]:
    if filtre.semestre:
        lignes = lignes.filter(semestre__code=filtre.semestre)
    if filtre.subdivision:
        lignes = lignes.filter(poste__subdivision__code__iexact=filtre.subdivision)
    if filtre.amphi:
        lignes = lignes.filter(amphi__in=filtre.amphi)
    lignes = _of_interne(lignes, filtre)
    du_poste = FiltrePostes(
        semestre=filtre.semestre, etat=TOUS_ETATS, **{nom: getattr(filtre, nom) for nom in DU_POSTE}
    )
    if du_poste.criteres:
        lignes = lignes.filter(poste__in=find_postes(du_poste).postes)
    if filtre.q:
        lignes = lignes.filter(words_in("poste__recherche", filtre.q) | _first_names(lignes, (filtre.q,)))
    return lignes


def _of_interne(lignes: QuerySet[Any], filtre: FiltreAffectations) -> QuerySet[Any]:
    if filtre.regime:
        phases = ((phase.value, phase.value, phase.label) for phase in Phase)
        lignes = lignes.filter(phase_lue__in=codes_of(phases, filtre.regime))
    if filtre.des_interne:
        specialites = Specialite.objects.values_list("code_des", "code_des", "intitule")
        lignes = lignes.filter(des_lu__in=codes_of(specialites, filtre.des_interne))
    return lignes.filter(_first_names(lignes, filtre.interne)) if filtre.interne else lignes


def _first_names(lignes: QuerySet[Any], debuts: tuple[str, ...]) -> Q:
    """Among those that this visitor may read: a search would tell the others."""
    lus = lignes.filter(nomme=True).order_by().values_list("interne__prenom", flat=True).distinct()
    cherches = [fold(debut) for debut in debuts]
    trouves = [lu for lu in lus if any(begins(lu, debut) for debut in cherches)]
    return Q(nomme=True, interne__prenom__in=trouves)
