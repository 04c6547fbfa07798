"""What the read rows must say for a state: written by every command, compared by `verify-etat`."""

from collections.abc import Mapping
from dataclasses import dataclass

from gradin.data.amphis.models import Affectation, Amphi, Place
from gradin.data.postes.models import Poste
from gradin.domain.amphi.engine import echeance
from gradin.domain.amphi.state import Etat
from gradin.queries.etats import lire_etat


@dataclass(frozen=True, slots=True, kw_only=True)
class Ecart:
    """One read row that does not say what the journal says."""

    quoi: str
    journal: str
    base: str

    def __str__(self) -> str:
        return f"{self.quoi} : le journal dit {self.journal}, la base dit {self.base}"


def etat_poste(etat: Etat, poste: str) -> str:
    if poste in etat.retires:
        return "retire"
    if poste in etat.classiques or poste in etat.tenus:
        return "pourvu"
    return "libre"


def ecarts(amphi_id: int) -> tuple[Ecart, ...]:
    """Every difference between the journal's fold and the read rows; empty when they agree."""
    seq, etat = lire_etat(amphi_id)
    if seq == 0:
        return ()
    amphi = Amphi.objects.get(pk=amphi_id)
    return (*_amphi(amphi, etat), *_places(amphi, etat), *_postes(amphi, etat), *_affectations(amphi, etat))


def _compare(quoi: str, journal: Mapping[str, object], base: Mapping[str, object]) -> tuple[Ecart, ...]:
    noms = sorted(journal.keys() | base.keys())
    return tuple(
        Ecart(quoi=f"{quoi} {nom}", journal=str(journal.get(nom, "rien")), base=str(base.get(nom, "rien")))
        for nom in noms
        if journal.get(nom, "rien") != base.get(nom, "rien")
    )


def _amphi(amphi: Amphi, etat: Etat) -> tuple[Ecart, ...]:
    journal = {"etat": str(etat.etat), "echeance": echeance(etat), "seq": etat.seq}
    return _compare("amphi", journal, {"etat": amphi.etat, "echeance": amphi.echeance, "seq": amphi.seq})


def _places(amphi: Amphi, etat: Etat) -> tuple[Ecart, ...]:
    rows = Place.objects.filter(amphi=amphi, numero__isnull=False).values_list("numero", "statut")
    journal = {f"n° {numero}": str(statut) for numero, statut in etat.statuts.items()}
    return _compare("interne", journal, {f"n° {numero}": statut for numero, statut in rows})


def _postes(amphi: Amphi, etat: Etat) -> tuple[Ecart, ...]:
    """A poste that a later amphi of the chain took over is that one's to say."""
    later = Poste.objects.filter(
        amphis__precedent=amphi, amphis__seq__gt=0, semestre=amphi.semestre_id
    ).values_list("numero", flat=True)
    passed_on = frozenset(later)
    rows = Poste.objects.filter(amphis=amphi).values_list("numero", "etat")
    base = {f"n° {numero}": etat_ for numero, etat_ in rows if numero not in passed_on}
    journal = {f"n° {numero}": etat_poste(etat, numero) for numero in etat.postes if numero not in passed_on}
    return _compare("poste", journal, base)


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
