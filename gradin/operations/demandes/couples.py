"""A couple: asked by one interne, accepted by the other, granted by the ARS (rules.md §5).

Until the start nobody else learns it. Locks the amphi's row.
"""

from django.db import transaction
from django.db.models import Q, QuerySet

from gradin.data.amphis.models import Amphi, EtatAmphi, Place
from gradin.data.demandes.models import DemandeCouple, EtatCouple
from gradin.data.internes.models import Inscription
from gradin.domain.amphi.commands import Commande, Coupler, QuitterCouple
from gradin.domain.amphi.state import Statut
from gradin.operations.amphis.handling import handle, lock_amphi
from gradin.operations.demandes.courriers_couples import mail_both, mail_couple
from gradin.operations.demandes.questions import read_texte
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.operations.permissions import Interdit, check_can_run_amphi
from gradin.queries.etats import lire_etat
from gradin.queries.visiteurs import Visiteur

MOTIF = 500
PAIRE = 2


@transaction.atomic
def propose_couple(visiteur: Visiteur, amphi_id: int, avec: int, *, maintenant: int) -> int:
    """`avec`: id of the other's place. Gives the demand's id; raises DemandeRefusee, Interdit."""
    amphi, mien = lock_amphi(amphi_id), _own(visiteur, amphi_id)
    autre = Place.objects.filter(amphi=amphi, pk=avec).select_related("inscription").first()
    if autre is None or autre.inscription_id == mien.pk:
        raise DemandeRefusee("Choisissez un autre interne de cet amphithéâtre.", champ="avec")
    _check_may_still(amphi, mien, autre.inscription)
    if standing(amphi_id).filter(demandeur=mien).exists():
        raise DemandeRefusee("Vous avez déjà une demande en cours. Retirez-la pour en faire une autre.")
    demande = DemandeCouple.objects.create(
        amphi=amphi, demandeur=mien, invite=autre.inscription, asked_at=maintenant
    )
    mail_couple(demande, "propose", demande.invite, maintenant)
    return demande.pk


@transaction.atomic
def accept_couple(visiteur: Visiteur, pk: int, *, maintenant: int) -> None:
    """By the one invited; then the ARS decides. Other demands about either of them end."""
    demande = _named(visiteur, pk, EtatCouple.PROPOSE, invite=True)
    _check_may_still(demande.amphi, demande.demandeur, demande.invite)
    demande.etat, demande.accepted_at = EtatCouple.ACCEPTE, maintenant
    demande.save(update_fields=["etat", "accepted_at"])
    mail_couple(demande, "accepte", demande.demandeur, maintenant)
    autres = standing(demande.amphi_id).exclude(pk=pk).filter(_about(demande.demandeur, demande.invite))
    for autre in autres.select_related("amphi", "demandeur", "invite"):
        _end(autre, EtatCouple.RETIRE, maintenant)
        for inscription in {autre.demandeur, autre.invite} - {demande.demandeur, demande.invite}:
            mail_couple(autre, "fini", inscription, maintenant)


@transaction.atomic
def leave_couple(visiteur: Visiteur, pk: int, *, maintenant: int) -> None:
    """Declined by the one invited, or withdrawn by either; once running, until the better one's own tour."""
    demande = _named(visiteur, pk)
    if demande.etat == EtatCouple.ACCORDE:
        couple = _formed(demande)
        _record(demande, None if couple is None else QuitterCouple(interne=couple[0]), visiteur, maintenant)
    invite_parle = demande.invite.interne_id == visiteur.interne
    decline = demande.etat == EtatCouple.PROPOSE and invite_parle
    _end(demande, EtatCouple.DECLINE if decline else EtatCouple.RETIRE, maintenant)
    mail_couple(demande, "fini", demande.demandeur if invite_parle else demande.invite, maintenant)


@transaction.atomic
def grant_couple(visiteur: Visiteur, pk: int, *, maintenant: int) -> None:
    """Stands in the first fact of the amphi, or in its journal at once when it runs."""
    demande = _for_agent(visiteur, pk)
    un, autre = _numeros_of_both(demande.amphi, demande.demandeur, demande.invite)
    commande = None if un is None or autre is None else Coupler(internes=(un, autre))
    _record(demande, commande, visiteur, maintenant)
    _decide(demande, EtatCouple.ACCORDE, visiteur, maintenant)
    mail_both(demande, "accorde", maintenant)


@transaction.atomic
def refuse_couple(visiteur: Visiteur, pk: int, motif: str, *, maintenant: int) -> None:
    demande = _for_agent(visiteur, pk)
    demande.motif_refus = read_texte(motif, MOTIF, "Dites pourquoi : les deux internes le lisent.")
    demande.ended_at = maintenant
    _decide(demande, EtatCouple.REFUSE, visiteur, maintenant)
    mail_both(demande, "refuse", maintenant)


def standing(amphi: int) -> QuerySet[DemandeCouple]:
    return DemandeCouple.objects.filter(amphi=amphi, ended_at=None)


def _own(visiteur: Visiteur, amphi: int) -> Inscription:
    place = (
        Place.objects.filter(amphi=amphi, inscription__interne=visiteur.interne)
        .select_related("inscription")
        .first()
    )
    if visiteur.interne is None or place is None:
        raise Interdit("Vous n’êtes pas sur la liste de cet amphi.", absent=True)
    return place.inscription


def _named(
    visiteur: Visiteur, pk: int, etat: EtatCouple | None = None, *, invite: bool = False
) -> DemandeCouple:
    """A demand that stands and concerns this interne; somebody else's does not exist. Locks its amphi.

    Read under the lock: the other, or the ARS, may just have answered.
    """
    siennes = Q(invite__interne=visiteur.interne)
    if not invite:
        siennes |= Q(demandeur__interne=visiteur.interne)
    demandes = DemandeCouple.objects.filter(siennes, pk=pk, ended_at=None)
    amphi = demandes.values_list("amphi", flat=True).first()
    if amphi is not None:
        lock_amphi(amphi)
    demande = demandes.select_related("amphi", "demandeur", "invite").first()
    if demande is None or visiteur.interne is None:
        raise Interdit("Cette demande n’existe pas.", absent=True)
    if etat is not None and demande.etat != etat:
        raise DemandeRefusee("Cette demande a déjà sa réponse.")
    return demande


def _for_agent(visiteur: Visiteur, pk: int) -> DemandeCouple:
    demande = DemandeCouple.objects.select_related("amphi", "demandeur", "invite").filter(pk=pk).first()
    if demande is None:
        raise Interdit("Cette demande n’existe pas.", absent=True)
    check_can_run_amphi(visiteur, demande.amphi)
    lock_amphi(demande.amphi_id)
    demande.refresh_from_db(fields=["etat", "accepted_at", "ended_at"])
    if demande.etat != EtatCouple.ACCEPTE or demande.ended_at is not None:
        raise DemandeRefusee("Cette demande n’attend plus l’ARS.")
    return demande


def _check_may_still(amphi: Amphi, un: Inscription, autre: Inscription) -> None:
    """Neither in another couple that both accepted, nor past his tour."""
    if amphi.etat == EtatAmphi.CLOS:
        raise DemandeRefusee("Cet amphithéâtre est clos.")
    pris = standing(amphi.pk).filter(_about(un, autre), etat__in=(EtatCouple.ACCEPTE, EtatCouple.ACCORDE))
    if pris.exists():
        raise DemandeRefusee("L’un de vous est déjà en couple dans cet amphithéâtre.")
    numeros = _numeros_of_both(amphi, un, autre)
    if not amphi.seq:
        return
    _, etat = lire_etat(amphi.pk)
    if any(numero is None or etat.statuts[numero] is not Statut.A_VENIR for numero in numeros):
        raise DemandeRefusee("L’un de vous a déjà eu son tour : appelez l’ARS.")


def _about(un: Inscription, autre: Inscription) -> Q:
    return Q(demandeur__in=(un, autre)) | Q(invite__in=(un, autre))


def _numeros_of_both(amphi: Amphi, un: Inscription, autre: Inscription) -> tuple[int | None, int | None]:
    """Their numbers, None before the start; refuses when one was taken off the list."""
    numeros = _numeros(amphi.pk, un, autre)
    if len(numeros) != PAIRE:
        raise DemandeRefusee("L’un des deux internes n’est plus sur la liste de cet amphithéâtre.")
    return numeros[0], numeros[1]


def _numeros(amphi: int, un: Inscription, autre: Inscription) -> tuple[int | None, ...]:
    places = Place.objects.filter(amphi=amphi, inscription__in=(un, autre))
    return tuple(places.values_list("numero", flat=True))


def _formed(demande: DemandeCouple) -> tuple[int, int] | None:
    """This very pair as the journal has it: either may since be in a couple that the régie made."""
    numeros = {*_numeros(demande.amphi_id, demande.demandeur, demande.invite)}
    _, etat = lire_etat(demande.amphi_id)
    return next((couple for couple in etat.couples if {*couple} == numeros), None)


def _record(demande: DemandeCouple, commande: Commande | None, visiteur: Visiteur, maintenant: int) -> None:
    """In the journal of an amphi that runs; a refusal undoes everything."""
    if commande is None:
        return
    reponse = handle(demande.amphi_id, commande, auteur=visiteur.compte, maintenant=maintenant)
    if reponse.refusee:
        raise DemandeRefusee(str(reponse.corps["message"]))


def _end(demande: DemandeCouple, etat: EtatCouple, maintenant: int) -> None:
    demande.etat, demande.ended_at = etat, maintenant
    demande.save(update_fields=["etat", "ended_at"])


def _decide(demande: DemandeCouple, etat: EtatCouple, visiteur: Visiteur, maintenant: int) -> None:
    demande.etat, demande.decided_at, demande.decided_by_id = etat, maintenant, visiteur.compte
    demande.save()
