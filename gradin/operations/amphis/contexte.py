"""What lies outside an amphi and its decisions need, read under its lock."""

from collections.abc import Callable

from django.db.models import Q

from gradin.data.amphis.models import Affectation, Amphi, EtatAmphi, Favori, Place
from gradin.domain.amphi.commands import Contexte
from gradin.domain.amphi.state import Etat
from gradin.operations.amphis.ecoute import presents_of

ContexteOf = Callable[[Etat], Contexte]
STARTED = (EtatAmphi.EN_COURS, EtatAmphi.PAUSE)


def contexte_reader(amphi: Amphi, maintenant: int, presents: frozenset[int] | None) -> ContexteOf:
    """Reads once what does not move in one command; the armed list is that of the tour open at that point."""
    ailleurs = _ailleurs(amphi)
    amont, aval = _chain(amphi)

    def contexte(etat: Etat) -> Contexte:
        return Contexte(
            maintenant=maintenant,
            presents=presents_of(amphi.pk, etat) if presents is None else presents,
            ailleurs=ailleurs,
            armee=_armee(amphi, etat),
            amont_ouvert=amont,
            aval_ouvert=aval,
        )

    return contexte


def _ailleurs(amphi: Amphi) -> frozenset[int]:
    """Numbers of this amphi's internes who have an affectation of the semestre elsewhere."""
    elsewhere = Affectation.objects.filter(semestre=amphi.semestre_id, annulee=False).filter(
        Q(amphi=None) | ~Q(amphi=amphi.pk)
    )
    places = Place.objects.filter(
        amphi=amphi.pk,
        numero__isnull=False,
        inscription__interne__in=elsewhere.values("interne"),
    )
    return frozenset(places.order_by().values_list("numero", flat=True))  # type: ignore[arg-type]


def _chain(amphi: Amphi) -> tuple[bool, bool]:
    """(an earlier amphi of the chain is not clos, a later one has started and is not clos)."""
    amont = False
    precedent = amphi.precedent_id
    while precedent is not None and not amont:
        etat, precedent = Amphi.objects.values_list("etat", "precedent").get(pk=precedent)
        amont = etat != EtatAmphi.CLOS
    return amont, _aval(amphi.pk)


def _aval(amphi_id: int) -> bool:
    suivants = Amphi.objects.filter(precedent=amphi_id).values_list("pk", "etat")
    return any(etat in STARTED or _aval(pk) for pk, etat in suivants)


def _armee(amphi: Amphi, etat: Etat) -> tuple[str, ...]:
    """The favourites, services opened into their postes, of the one choosing if he armed them."""
    if etat.tour is None or not etat.parametres.liste_armee:
        return ()
    inscription = Place.objects.values_list("inscription", "inscription__liste_armee").filter(
        amphi=amphi.pk, numero=etat.tour.interne
    )
    pk, armed = inscription.get()
    if not armed:
        return ()
    favoris = Favori.objects.filter(inscription=pk).values_list("poste__numero", "service__imotep")
    numeros = [numero for favori in favoris for numero in _postes_of(etat, *favori)]
    return tuple(dict.fromkeys(numeros))


def _postes_of(etat: Etat, numero: str | None, imotep: str | None) -> tuple[str, ...]:
    if numero is not None:
        return (numero,)
    return tuple(poste for poste, offert in etat.postes.items() if offert.service == imotep)
