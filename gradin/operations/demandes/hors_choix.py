"""A poste given before the amphi: affectation hors choix (article 44), ambulatory stages given first.

It is an affectation of no amphi. The amphis that have not started read it when they start: the poste is held
before everybody (`tenus` of `AmphiDemarre`), the interne is `hors_choix` (rules.md §4-5).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from gradin.data.amphis.models import Affectation, Amphi
from gradin.data.demandes.models import HorsChoix, NatureHorsChoix
from gradin.data.internes.models import Inscription, TypeChoix
from gradin.data.postes.models import EtatPoste, Poste
from gradin.operations.amphis.handling import lock_amphi
from gradin.operations.demandes.courriers_individuelles import mail_hors_choix
from gradin.operations.demandes.effets import refresh_places
from gradin.operations.demandes.mouvements import note_hors_choix
from gradin.operations.demandes.refus import DemandeRefusee

INSECABLE = "\u00a0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """To whom, which poste; rows that the caller has judged to be of the agent's scope."""

    inscription: int
    poste: int


@transaction.atomic
def give_postes(
    attributions: Sequence[Attribution], nature: str, motif: str, *, agent: int, maintenant: int
) -> tuple[int, ...]:
    """All or none: the first that is refused undoes the others. Raises DemandeRefusee."""
    if nature not in NatureHorsChoix.values:
        raise DemandeRefusee("Choisissez le genre d’attribution dans la liste.", champ="nature")
    if not motif.strip():
        raise DemandeRefusee("Dites pourquoi\u00a0: ce motif reste à l’ARS.", champ="motif")
    return tuple(_give(une, nature, motif.strip(), agent, maintenant) for une in attributions)


@transaction.atomic
def undo_poste(pk: int, motif: str, *, agent: int, maintenant: int) -> None:
    """Before an amphi has taken account of it; the line stays, marked."""
    donne = HorsChoix.objects.select_related("affectation__poste").get(pk=pk)
    affectation = donne.affectation
    inscription = _inscription(affectation.interne_id, affectation.semestre_id)
    _lock(inscription, affectation.poste, "cette attribution ne s’annule plus")
    donne = HorsChoix.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if donne.annulled_at is not None:
        raise DemandeRefusee("Cette attribution est déjà annulée.")
    if not motif.strip():
        raise DemandeRefusee("Dites pourquoi l’attribution est annulée.", champ="motif")
    donne.annulled_at, donne.annulled_by_id = maintenant, agent
    donne.save(update_fields=["annulled_at", "annulled_by"])
    Affectation.objects.filter(pk=affectation.pk).update(annulee=True)
    _set_poste(affectation.poste, EtatPoste.LIBRE)
    refresh_places(inscription)
    note_hors_choix(donne, "annulation", agent, maintenant, texte=motif.strip())
    mail_hors_choix(donne, inscription, "annule", maintenant)


def _give(une: Attribution, nature: str, motif: str, agent: int, maintenant: int) -> int:
    inscription = Inscription.objects.select_related("interne", "subdivision").get(pk=une.inscription)
    poste = Poste.objects.get(pk=une.poste)
    _lock(inscription, poste, "ce poste ne s’attribue plus hors choix")
    poste = Poste.objects.select_for_update(of=("self",), no_key=True).get(pk=une.poste)
    _check(inscription, poste)
    affectation = Affectation.objects.create(
        interne=inscription.interne,
        semestre_id=inscription.semestre_id,
        poste=poste,
        amphi=None,
        type_choix=TypeChoix.CLASSIQUE,
        n=None,
        chosen_at=maintenant,
    )
    donne = HorsChoix.objects.create(
        affectation=affectation, nature=nature, given_at=maintenant, given_by_id=agent
    )
    _set_poste(poste, EtatPoste.POURVU)
    refresh_places(inscription)
    note_hors_choix(donne, "attribution", agent, maintenant, texte=motif)
    mail_hors_choix(donne, inscription, "attribue", maintenant)
    return donne.pk


def _lock(inscription: Inscription, poste: Poste, quoi: str) -> None:
    """Every amphi that lists him or offers it, in order: none of them can start meanwhile, none has."""
    siens = Amphi.objects.filter(places__inscription=inscription).values_list("pk", flat=True)
    offrent = Amphi.objects.filter(offre__poste=poste).values_list("pk", flat=True)
    for pk in sorted({*siens, *offrent}):
        amphi = lock_amphi(pk)
        if amphi.seq:
            raise DemandeRefusee(
                f"L’amphi «{INSECABLE}{amphi.intitule}{INSECABLE}» a commencé{INSECABLE}: {quoi}. "
                "Passez par la régie de cet amphi."
            )


def _check(inscription: Inscription, poste: Poste) -> None:
    qui = str(inscription.interne)
    ici = (poste.semestre_id, poste.subdivision_id)
    if ici != (inscription.semestre_id, inscription.subdivision_id):
        raise DemandeRefusee(
            f"Le poste n° {poste.numero} n’est pas du semestre ou de la subdivision de {qui}.", champ="poste"
        )
    deja = Affectation.objects.filter(
        interne=inscription.interne_id, semestre=inscription.semestre_id, annulee=False
    ).select_related("poste")
    if tenu := deja.first():
        raise DemandeRefusee(f"{qui} a déjà le poste n° {tenu.poste.numero} ce semestre.", champ="interne")
    if poste.etat == EtatPoste.RETIRE:
        raise DemandeRefusee(
            f"Le poste n° {poste.numero} est fermé. Rouvrez-le d’abord dans « Postes ».", champ="poste"
        )
    if Affectation.objects.filter(poste=poste, annulee=False, type_choix=TypeChoix.CLASSIQUE).exists():
        raise DemandeRefusee(f"Le poste n° {poste.numero} est déjà pourvu.", champ="poste")


def _set_poste(poste: Poste, etat: str) -> None:
    """Cached offers age: their seat is drawn taken or free."""
    Poste.objects.filter(pk=poste.pk).update(etat=etat)
    Amphi.objects.filter(offre__poste=poste).update(version_offre=F("version_offre") + 1)


def _inscription(interne: int, semestre: int) -> Inscription:
    return Inscription.objects.select_related("interne", "subdivision").get(
        interne=interne, semestre=semestre
    )
