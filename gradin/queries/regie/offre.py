"""The postes of an amphi as an agent looks for them: free, taken, reserved, or not offered yet."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from gradin.data.amphis.models import Amphi
from gradin.data.postes.models import EtatPoste, Poste
from gradin.domain.amphi.places import ouverts_a
from gradin.domain.amphi.state import Etat
from gradin.domain.kernel import PHRASES
from gradin.queries.public.textes import words_in

LIGNES = 40
ORDRE = ("service__etablissement__cle_tri", "service__cle_tri", Length("numero"), "numero")


@dataclass(frozen=True, slots=True, kw_only=True)
class PosteRegie:
    numero: str
    etat: str
    service: str
    etablissement: str
    flechage: str
    reserve: str

    @property
    def mots(self) -> str:
        """One line of a list to choose from."""
        lieu = f"{self.service}, {self.etablissement}"
        return f"{lieu}, {self.flechage}" if self.flechage else lieu


def find_postes(amphi: int, q: str, numeros: Iterable[str] | None = None) -> tuple[PosteRegie, ...]:
    """Those that answer to the words; without words, the first ones. `numeros`: only among these."""
    postes = Poste.objects.filter(amphis=amphi)
    if numeros is not None:
        postes = postes.filter(numero__in=[*numeros])
    if q:
        postes = postes.filter(words_in("recherche", q)) | postes.filter(numero=q)
    return tuple(_read(poste) for poste in _related(postes.distinct())[:LIGNES])


def open_to(amphi: int, etat: Etat, interne: int) -> tuple[PosteRegie, ...]:
    """Every poste that the rules open to this interne now."""
    ouverts = [poste for poste, motif in ouverts_a(etat, interne).items() if motif is None]
    return _all(Poste.objects.filter(amphis=amphi, numero__in=ouverts))


def why_closed(etat: Etat, interne: int, numero: str) -> str:
    """The rule that keeps this poste from him, in words; nothing when it is open."""
    if numero not in etat.postes:
        return f"Aucun poste n°\u00a0{numero[:20]} dans cet amphithéâtre."
    motif = ouverts_a(etat, interne).get(numero)
    return PHRASES[motif] if motif is not None else ""


def free_postes(amphi: int) -> tuple[PosteRegie, ...]:
    return _all(Poste.objects.filter(amphis=amphi, etat=EtatPoste.LIBRE))


def reserved_postes(amphi: int) -> tuple[PosteRegie, ...]:
    return _all(Poste.objects.filter(amphis=amphi, etat=EtatPoste.LIBRE, reserve=True))


def postes_to_add(amphi: Amphi) -> tuple[PosteRegie, ...]:
    """Postes of the groupe that no amphi offers yet, and those withdrawn from this one."""
    du_groupe = Q(
        semestre=amphi.semestre_id,
        subdivision=amphi.subdivision_id,
        groupe=amphi.groupe_id,
        amphis__isnull=True,
        etat=EtatPoste.LIBRE,
    )
    return _all(Poste.objects.filter(du_groupe | Q(amphis=amphi, etat=EtatPoste.RETIRE)).distinct())


def _all(postes: QuerySet[Poste]) -> tuple[PosteRegie, ...]:
    return tuple(_read(poste) for poste in _related(postes))


def _related(postes: QuerySet[Poste]) -> QuerySet[Poste]:
    return postes.select_related("service__etablissement", "des").order_by(*ORDRE)


def _read(poste: Poste) -> PosteRegie:
    reserve = (", ".join(poste.reserve_a) or poste.des.intitule) if poste.reserve else ""
    return PosteRegie(
        numero=poste.numero,
        etat=poste.etat,
        service=poste.service.nom,
        etablissement=poste.service.etablissement.nom,
        flechage=poste.flechage,
        reserve=reserve,
    )
