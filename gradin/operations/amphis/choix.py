"""« Oui je confirme »: who speaks for whom, then the command."""

from dataclasses import replace

from gradin.data.amphis.models import Amphi
from gradin.domain.amphi.commands import ConfirmChoix
from gradin.domain.amphi.facts import Voie
from gradin.domain.kernel import Motif
from gradin.operations.amphis import sql
from gradin.operations.amphis.handling import handle
from gradin.operations.amphis.reponse import Reponse
from gradin.operations.permissions import Interdit
from gradin.queries.etats import lire_etat
from gradin.queries.procurations import name_of_mandataire
from gradin.queries.visiteurs import Visiteur


def confirm_choix(
    visiteur: Visiteur,
    amphi_id: int,
    *,
    poste: str,
    tour: int,
    vu: int | None,
    cle: str | None,
    maintenant: int,
    pour: int | None = None,
) -> Reponse:
    """201 and `{recu: {n, h, a, interne, poste, sel, prive}}`, 200 with the same key, else 409 and a motif.

    `pour`: number of the mandant when a mandataire speaks; needed only if he is on the list himself. Raises
    Interdit when he is neither on the list nor anybody's mandataire, Amphi.DoesNotExist.
    """
    numero, voie = speaks_for(visiteur, amphi_id, pour)
    commande = ConfirmChoix(interne=numero, poste=poste, tour=tour, vu=vu, voie=voie)
    reponse = handle(amphi_id, commande, auteur=visiteur.compte, maintenant=maintenant, cle=cle)
    if reponse.corps.get("motif") == Motif.MANDATAIRE_SEUL:
        return _naming_mandataire(reponse, amphi_id, numero)
    return reponse


def _naming_mandataire(reponse: Reponse, amphi_id: int, numero: int) -> Reponse:
    """The engine knows an opaque name; the mandant reads the one that he wrote."""
    qui = name_of_mandataire(amphi_id, numero)
    if not qui:
        return reponse
    message = (
        f"Votre mandataire, {qui}, est seul à pouvoir choisir : rien n’a été enregistré. "
        "Annulez la procuration pour choisir vous-même."
    )
    return replace(reponse, corps={**reponse.corps, "message": message})


def speaks_for(visiteur: Visiteur, amphi_id: int, pour: int | None) -> tuple[int, Voie]:
    """(number, voie) of the interne for whom this visitor chooses; raises Interdit."""
    own = own_numero(visiteur, amphi_id)
    if own is not None and pour in (None, own):
        return own, Voie.INTERNE
    mandants = _mandants(visiteur, amphi_id)
    if pour is None and len(mandants) == 1:
        return mandants[0], Voie.MANDATAIRE
    if pour in mandants and pour is not None:
        return pour, Voie.MANDATAIRE
    raise Interdit("Vous n’êtes pas sur la liste de cet amphi.")


def own_numero(visiteur: Visiteur, amphi_id: int) -> int | None:
    """His number in the started list; 0 on the list of an amphi that has not started."""
    if visiteur.interne is not None:
        numero = sql.read_numero(amphi_id, visiteur.interne)
        if numero is not None:
            return numero
    if not Amphi.objects.filter(pk=amphi_id).exists():
        raise Amphi.DoesNotExist
    return None


def _mandants(visiteur: Visiteur, amphi_id: int) -> tuple[int, ...]:
    """Those whose procuration names this account."""
    if visiteur.compte is None:
        return ()
    nom = f"compte:{visiteur.compte}"
    _, etat = lire_etat(amphi_id)
    return tuple(
        interne for interne, procuration in etat.procurations.items() if procuration.mandataire == nom
    )
