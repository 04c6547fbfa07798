"""`POST /amphis/{id}/commandes`: every act of the ARS, from its JSON to its answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from gradin.data.amphis.models import Amphi, ListeAppel, Proposition
from gradin.domain.amphi.commands import COMMANDES
from gradin.domain.kernel import Motif, Refus
from gradin.operations.amphis.actes import act, read_acte
from gradin.operations.amphis.actes_avant import ACTES, run_acte_avant
from gradin.operations.amphis.annonces_liste import announce_liste
from gradin.operations.amphis.constats import confirm_constats
from gradin.operations.amphis.demarrage import demarrer_amphi
from gradin.operations.amphis.handling import lock_amphi
from gradin.operations.amphis.lecture_corps import invalid
from gradin.operations.amphis.liste_avant import approve_liste, correct_liste, is_of_liste_avant
from gradin.operations.amphis.propositions import approve, propose
from gradin.operations.amphis.reponse import CREEE, Reponse, refusal
from gradin.operations.permissions import Interdit, check_can_run_amphi
from gradin.queries.prevol import examine
from gradin.queries.visiteurs import Visiteur

INVALIDE = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Requete:
    """One act as it arrived from an agent who may run this amphi."""

    amphi: int
    nom: str
    corps: Mapping[str, Any]
    compte: int
    maintenant: int
    cle: str | None

    @property
    def vu(self) -> int | None:
        vu = self.corps.get("vu")
        return vu if isinstance(vu, int) and not isinstance(vu, bool) else None


def run_commande_agent(
    amphi_id: int, corps: Mapping[str, Any], visiteur: Visiteur, maintenant: int, cle: str | None = None
) -> Reponse:
    """Runs `corps["type"]` (contract: approuver, valider, ouvrir, publier_liste, demarrer, pause…).

    201 done, 200 nothing to do or same key, 202 waits for a second agent (`{proposition, apercu}`), 409 a
    rule refuses, 422 a value is wrong. Raises Interdit (absent outside his scope).
    """
    amphi = Amphi.objects.filter(pk=amphi_id).first()
    if amphi is None:
        raise Interdit("Cet amphi n’existe pas.", absent=True)
    check_can_run_amphi(visiteur, amphi)
    if visiteur.compte is None:
        raise Interdit("Connectez-vous.")
    requete = Requete(
        amphi=amphi_id,
        nom=str(corps.get("type", "")),
        corps=corps,
        compte=visiteur.compte,
        maintenant=maintenant,
        cle=cle,
    )
    try:
        return _route(requete)
    except Refus as refus:
        reponse = refusal(amphi.seq, refus)
        return Reponse(seq=reponse.seq, statut=INVALIDE, corps=reponse.corps)


def _route(requete: Requete) -> Reponse:
    if requete.nom in SPECIAUX:
        return SPECIAUX[requete.nom](requete)
    if requete.nom in ACTES:
        return run_acte_avant(
            requete.nom, requete.amphi, auteur=requete.compte, maintenant=requete.maintenant
        )
    return _engine(requete)


def _engine(requete: Requete) -> Reponse:
    """The act, or the proposition that waits for a second agent."""
    commande = read_acte(requete.amphi, requete.nom, requete.corps)
    reponse = act(
        requete.amphi,
        commande,
        requete.corps,
        auteur=requete.compte,
        maintenant=requete.maintenant,
        cle=requete.cle,
    )
    if reponse.corps.get("motif") != Motif.SECOND_AGENT_REQUIS:
        return reponse
    return propose(requete.amphi, requete.corps, commande, requete.compte, requete.maintenant)


def _demarrer(requete: Requete) -> Reponse:
    return demarrer_amphi(
        requete.amphi,
        auteur=requete.compte,
        maintenant=requete.maintenant,
        cle=requete.cle,
        prevol=examine,
        confirmes=_confirmes(requete.corps),
    )


def _confirmes(corps: Mapping[str, Any]) -> frozenset[str]:
    """`confirme: [codes]`, or the fields `confirme-1`, `confirme-2`… of a form."""
    listed = corps.get("confirme")
    codes = list(listed) if isinstance(listed, list) else []
    codes += [value for nom, value in corps.items() if nom.startswith("confirme-")]
    return frozenset(str(code) for code in codes)


def _publier(requete: Requete) -> Reponse:
    """And tells each interne; what a demonstration publishes by itself is told to nobody.

    `empreinte`: of the list that the agent has read; refused when it is no longer that one.
    """
    with transaction.atomic():
        if refus := _changed_since(requete):
            return refus
        reponse = run_acte_avant(
            requete.nom, requete.amphi, auteur=requete.compte, maintenant=requete.maintenant
        )
        if reponse.statut == CREEE:
            liste = ListeAppel.objects.get(amphi=requete.amphi, published_at__isnull=False)
            announce_liste(liste, requete.maintenant)
    return reponse


def _changed_since(requete: Requete) -> Reponse | None:
    lue = requete.corps.get("empreinte")
    if not lue:
        return None
    amphi = lock_amphi(requete.amphi)
    liste = ListeAppel.objects.filter(amphi=amphi).order_by("-version").first()
    if liste is None or liste.published_at is not None or liste.empreinte == lue:
        return None
    message = "Cette liste a été recalculée depuis votre lecture. Relisez-la, puis publiez-la."
    return refusal(amphi.seq, Refus(Motif.LISTE_INVALIDE, message))


def _confirmer(requete: Requete) -> Reponse:
    """`constats`: keys of the findings that are acknowledged."""
    cles = requete.corps.get("constats")
    if not isinstance(cles, list) or not all(isinstance(cle, str) for cle in cles):
        raise invalid("constats", "manque")
    return confirm_constats(requete.amphi, cles, auteur=requete.compte, maintenant=requete.maintenant)


def _corriger_liste(requete: Requete) -> Reponse:
    """Before the start the figures are corrected, and the list follows; after it, ranks are."""
    if "liste" in requete.corps or Amphi.objects.filter(pk=requete.amphi, seq__gt=0).exists():
        return _engine(requete)
    motif = str(requete.corps.get("motif") or "")
    return correct_liste(requete.amphi, motif=motif, auteur=requete.compte, maintenant=requete.maintenant)


def _approuver(requete: Requete) -> Reponse:
    pk = requete.corps.get("proposition")
    if isinstance(pk, bool) or not isinstance(pk, int):
        raise invalid("proposition", "manque")
    proposition = Proposition.objects.filter(pk=pk, amphi=requete.amphi).first()
    if proposition is None:
        raise Refus(Motif.PROPOSITION_PERIMEE)
    acte = proposition.acte
    if is_of_liste_avant(acte):
        return approve_liste(proposition, second=requete.compte, maintenant=requete.maintenant)
    return approve(
        proposition,
        read_acte(requete.amphi, str(acte["type"]), acte),
        second=requete.compte,
        maintenant=requete.maintenant,
        cle=requete.cle,
    )


SPECIAUX: Mapping[str, Callable[[Requete], Reponse]] = {
    "approuver": _approuver,
    "demarrer": _demarrer,
    "publier_liste": _publier,
    "confirmer_constats": _confirmer,
    "corriger_liste": _corriger_liste,
}
# What `type` may be.
TYPES_ACTES = tuple(sorted({*SPECIAUX, *ACTES, *COMMANDES}))
