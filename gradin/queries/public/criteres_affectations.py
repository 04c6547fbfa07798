"""The eight criteria of the list of affectations (manual §11): those of the poste searched as postes are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from gradin.data.internes.models import Inscription, Phase
from gradin.data.postes.models import EtatPoste
from gradin.data.referentiel.models import Specialite
from gradin.domain.texte import fold
from gradin.queries.public.semestres import SemestreLu
from gradin.queries.public.textes import words_in
from gradin.queries.recherche.criteres import FiltrePostes, clean_values
from gradin.queries.recherche.filtre import codes_of, find_postes
from gradin.queries.recherche.suggestions import Valeur, short_lists

Corrections = tuple[tuple[str, tuple[str, ...]], ...]
# Name in the address → heading of the manual, in its order.
CRITERES = {
    "regime": "Régime de formation de l’interne",
    "des": "DES poste",
    "chef": "Chef de service",
    "interne": "Interne (prénom)",
    "groupe": "Groupe de spécialité",
    "etablissement": "Établissement",
    "type": "Type de poste",
    "des_interne": "DES interne",
}
DU_POSTE = ("des", "chef", "groupe", "etablissement", "type")
# A surnombre's poste may be free for the others.
TOUS_ETATS = tuple(EtatPoste.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltreAffectations:
    """Each tuple: any of its values; empty: no filter. `par_page` 0: all of them."""

    regime: tuple[str, ...] = ()
    des: tuple[str, ...] = ()
    chef: tuple[str, ...] = ()
    interne: tuple[str, ...] = ()
    groupe: tuple[str, ...] = ()
    etablissement: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    des_interne: tuple[str, ...] = ()
    q: str = ""
    amphi: int | None = None
    tri: str = "-heure"
    page: int = 1
    par_page: int = 30

    @property
    def criteres(self) -> dict[str, tuple[str, ...]]:
        """Those that are set."""
        return {nom: getattr(self, nom) for nom in CRITERES if getattr(self, nom)}


def read_criteres(parametres: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What an address says of the criteria: blanks, doubles and novels left out."""
    return {nom: lues for nom in CRITERES if (lues := clean_values(parametres.get(nom, ())))}


def short_lists_of(semestre: SemestreLu) -> dict[str, tuple[Valeur, ...]]:
    """The criteria whose values are few, each with its values; the others are typed."""
    du_poste = short_lists(semestre.code)
    inscrits = Inscription.objects.filter(semestre=semestre.pk).values("des")
    specialites = Specialite.objects.filter(pk__in=inscrits).order_by(Length("code_des"), "code_des")
    return {
        "regime": tuple(Valeur(valeur=p.value, mot=p.label) for p in Phase if p is not Phase.CONSOLIDATION),
        "des_interne": tuple(Valeur(valeur=une.code_des, mot=str(une)) for une in specialites),
        **{nom: du_poste[nom] for nom in ("des", "groupe", "type")},
    }


def matching(
    rows: QuerySet[Any], semestre: SemestreLu, filtre: FiltreAffectations
) -> tuple[QuerySet[Any], Corrections]:
    """`rows` carry what is readable: `phase_lue`, `prenom_lu` and the relation `inscrite`."""
    if filtre.amphi is not None:
        rows = rows.filter(amphi=filtre.amphi)
    if filtre.regime:
        rows = rows.filter(
            phase_lue__in=codes_of(((p.value, p.value, p.label) for p in Phase), filtre.regime)
        )
    if filtre.des_interne:
        specialites = Specialite.objects.values_list("pk", "code_des", "intitule")
        rows = rows.filter(inscrite__des__in=codes_of(specialites, filtre.des_interne))
    if filtre.interne:
        rows = rows.filter(_first_names(rows, filtre.interne))
    du_poste = FiltrePostes(
        semestre=semestre.code, etat=TOUS_ETATS, **{nom: getattr(filtre, nom) for nom in DU_POSTE}
    )
    if du_poste.criteres:
        rows = rows.filter(poste__in=find_postes(du_poste).postes)
    return _with_words(rows, semestre, filtre.q)


def _with_words(rows: QuerySet[Any], semestre: SemestreLu, q: str) -> tuple[QuerySet[Any], Corrections]:
    """Words of the poste, or a prénom; a slip is forgiven when nobody bears that prénom."""
    if not q:
        return rows, ()
    prenoms = _first_names(rows, (q,))
    if rows.filter(prenoms).exists():
        return rows.filter(prenoms | words_in("poste__recherche", q)), ()
    trouvaille = find_postes(replace(FiltrePostes(semestre=semestre.code), etat=TOUS_ETATS, q=q))
    return rows.filter(poste__in=trouvaille.postes), trouvaille.corrections


def _first_names(rows: QuerySet[Any], valeurs: tuple[str, ...]) -> Q:
    """Prénoms that begin so: the family name would tell whose initial it is."""
    lus = rows.order_by().values_list("prenom_lu", flat=True).distinct()
    cherches = [fold(valeur) for valeur in valeurs]
    trouves = [lu for lu in lus if lu and any(begins(lu, debut) for debut in cherches)]
    return Q(prenom_lu__in=trouves)


def begins(prenom: str, debut: str) -> bool:
    return fold(prenom).startswith(debut)
