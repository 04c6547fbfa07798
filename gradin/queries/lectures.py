"""What the read rows must say for a state: written by every command, compared by `verify-etat`."""

from collections.abc import Mapping
from dataclasses import dataclass

from gradin.data.amphis.models import Affectation, Amphi, Offre, Place
from gradin.data.postes.models import Poste
from gradin.domain.amphi.engine import echeance
from gradin.domain.amphi.lecture import etat_poste
from gradin.domain.amphi.state import Etat
from gradin.queries.etats import Vue, fold_whole, lire_etat


@dataclass(frozen=True, slots=True, kw_only=True)
class Ecart:
    """One read row that does not say what the journal says."""

    quoi: str
    journal: str
    base: str

    def __str__(self) -> str:
        return f"{self.quoi} : le journal dit {self.journal}, la base dit {self.base}"


def ecarts(amphi_id: int) -> tuple[Ecart, ...]:
    """Every difference between the journal folded from its first line and the read rows, memory included."""
    amphi = Amphi.objects.get(pk=amphi_id)
    if not amphi.seq:
        return ()
    vue = fold_whole(amphi_id)
    etat = vue.etat
    return (
        *_amphi(amphi, vue),
        *_compare("mémoire", {"du processus": etat}, {"du processus": lire_etat(amphi_id)[1]}),
        *_places(amphi, etat),
        *_postes(amphi, etat),
        *_affectations(amphi, etat),
    )


def _compare(quoi: str, journal: Mapping[str, object], base: Mapping[str, object]) -> tuple[Ecart, ...]:
    noms = sorted(journal.keys() | base.keys())
    return tuple(
        Ecart(quoi=f"{quoi} {nom}", journal=str(journal.get(nom, "rien")), base=str(base.get(nom, "rien")))
        for nom in noms
        if journal.get(nom, "rien") != base.get(nom, "rien")
    )


def _amphi(amphi: Amphi, vue: Vue) -> tuple[Ecart, ...]:
    journal = {
        "etat": str(vue.etat.etat),
        "echeance": echeance(vue.etat),
        "seq": vue.seq,
        "empreinte": vue.empreinte,
    }
    return _compare("amphi", journal, {nom: getattr(amphi, nom) for nom in journal})


def _places(amphi: Amphi, etat: Etat) -> tuple[Ecart, ...]:
    rows = Place.objects.filter(amphi=amphi, numero__isnull=False).values_list("numero", "statut")
    journal = {f"n° {numero}": str(statut) for numero, statut in etat.statuts.items()}
    return _compare("interne", journal, {f"n° {numero}": statut for numero, statut in rows})


def _postes(amphi: Amphi, etat: Etat) -> tuple[Ecart, ...]:
    shared = shared_postes(amphi, etat)
    rows = Poste.objects.filter(amphis=amphi).values_list("numero", "etat")
    base = {f"n° {n}": lu for n, lu in rows if n not in shared and (n in etat.postes or lu != "retire")}
    journal = {f"n° {n}": etat_poste(etat, n) for n in etat.postes if n not in shared}
    return _compare("poste", journal, base)


def shared_postes(amphi: Amphi, etat: Etat) -> frozenset[str]:
    """A poste that another started amphi offers is that one's to say, unless it is held here."""
    return _shared_with_others(amphi) - etat.classiques.keys()


def _shared_with_others(amphi: Amphi) -> frozenset[str]:
    """An earlier amphi of the chain does not count: this one took over what it said."""
    chain = [amphi.pk]
    precedent = amphi.precedent
    while precedent is not None:
        chain.append(precedent.pk)
        precedent = precedent.precedent
    others = Offre.objects.filter(amphi__seq__gt=0).exclude(amphi__in=chain)
    postes = others.filter(poste__amphis=amphi).values_list("poste__numero", flat=True)
    return frozenset(postes)


def _affectations(amphi: Amphi, etat: Etat) -> tuple[Ecart, ...]:
    rows = Affectation.objects.filter(amphi=amphi, annulee=False).values_list(
        "n", "poste__numero", "type_choix", "interne"
    )
    numeros = dict(
        Place.objects.filter(amphi=amphi, numero__isnull=False).values_list("inscription__interne", "numero")
    )
    base = {
        f"de l'interne n° {numeros.get(interne)}": (n, poste, type_choix)
        for n, poste, type_choix, interne in rows
    }
    journal = {
        f"de l'interne n° {numero}": (choix.n, choix.poste, str(choix.type_choix))
        for numero, choix in etat.choix.items()
    }
    return _compare("affectation", journal, base)
