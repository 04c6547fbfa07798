"""Writes a mail from its kind: the ARS's wording when there is one, the original otherwise."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gradin.data.courriers.models import VersionModele
from gradin.documents.courriel import Courrier, Gabarit, Valeurs, one_line, render
from gradin.operations.courriers.adresse import site_url
from gradin.operations.courriers.catalogue import MODELES, Modele
from gradin.operations.permissions import check_can_write_modeles
from gradin.queries.modeles import gabarit_in_force
from gradin.queries.visiteurs import Visiteur

SUJET_MAX, TEXTE_MAX = 150, 5_000
BALISE = re.compile(r"<\s*[a-zA-Z/!]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettre:
    """One mail before its words: its kind and the values of its fields."""

    modele: str
    valeurs: Valeurs
    signature: str = "Gradin"


class ModeleRefuse(ValueError):
    """This wording cannot be kept: French, says what to do. `champ`: `sujet` or `texte`."""

    def __init__(self, message: str, *, champ: str) -> None:
        super().__init__(message)
        self.message, self.champ = message, champ


def compose(lettre: Lettre) -> Courrier:
    return compose_with(gabarit_in_force(lettre.modele), lettre)


def compose_with(ecrit: Gabarit | None, lettre: Lettre) -> Courrier:
    """`ecrit`: the ARS's wording of its kind, read once for many mails.

    A wording older than a change of the fields gives way to the original: the mail always leaves.
    """
    modele = MODELES[lettre.modele]
    bon = ecrit is not None and ecrit.champs <= lettre.valeurs.keys()
    return render(ecrit if bon and ecrit else modele.origine, lettre.valeurs, _pied(lettre.signature))


def preview(modele: Modele, gabarit: Gabarit) -> Courrier:
    """With the example values."""
    return render(gabarit, modele.exemples, _pied("Agence régionale de santé, Île-de-France"))


@transaction.atomic
def write_modele(cle: str, gabarit: Gabarit, agent: Visiteur, maintenant: datetime) -> bool:
    """In force for the next mail; False when nothing differs. Raises ModeleRefuse, Interdit."""
    check_can_write_modeles(agent)
    modele = MODELES[cle]
    propre = check_gabarit(modele, gabarit)
    actuel = gabarit_in_force(cle)
    if propre == (actuel or modele.origine):
        return False
    garde = None if propre == modele.origine else propre
    _add(cle, garde, agent, maintenant)
    return True


@transaction.atomic
def restore_modele(cle: str, agent: Visiteur, maintenant: datetime) -> bool:
    """« Revenir au texte d'origine »; False when it is the one in force."""
    check_can_write_modeles(agent)
    if gabarit_in_force(cle) is None:
        return False
    _add(cle, None, agent, maintenant)
    return True


def check_gabarit(modele: Modele, gabarit: Gabarit) -> Gabarit:
    """The same without stray spaces; raises ModeleRefuse."""
    propre = Gabarit(sujet=one_line(_clean(gabarit.sujet)), texte=_clean(gabarit.texte).strip())
    for champ, texte, maximum in (("sujet", propre.sujet, SUJET_MAX), ("texte", propre.texte, TEXTE_MAX)):
        _check_length(champ, texte, maximum)
        _check_markup(champ, texte)
        _check_fields(modele, champ, texte)
    oublies = sorted(modele.requis - Gabarit(sujet="", texte=propre.texte).champs)
    if oublies:
        raise ModeleRefuse(
            f"Gardez {_named(oublies)} dans le texte\u00a0: sans cela, ce courriel ne sert à rien.",
            champ="texte",
        )
    return propre


def _check_length(champ: str, texte: str, maximum: int) -> None:
    if not texte:
        raise ModeleRefuse("Écrivez un texte, ou revenez au texte d’origine.", champ=champ)
    if len(texte) > maximum:
        raise ModeleRefuse(
            f"Ce texte compte {len(texte)} signes\u202f; le maximum est {maximum}. Raccourcissez-le.",
            champ=champ,
        )


def _check_markup(champ: str, texte: str) -> None:
    if BALISE.search(texte):
        raise ModeleRefuse(
            "Écrivez du texte simple, sans balise HTML\u00a0: la mise en forme se fait toute seule.",
            champ=champ,
        )


def _check_fields(modele: Modele, champ: str, texte: str) -> None:
    """Braces are for fields alone."""
    connus = [champ.nom for champ in modele.champs]
    inconnus = sorted(Gabarit(sujet="", texte=texte).champs - set(connus))
    if inconnus:
        raise ModeleRefuse(
            f"Ce courriel ne connaît pas {_named(inconnus)}. Champs possibles\u00a0: {_named(connus)}.",
            champ=champ,
        )
    if re.search(r"[{}]", re.sub(r"\{[^{}\n]*\}", "", texte)):
        raise ModeleRefuse(
            "Une accolade est seule. Écrivez les champs ainsi\u00a0: {" + connus[0] + "}.", champ=champ
        )


def _named(noms: list[str]) -> str:
    return ", ".join(f"«\u00a0{{{nom}}}\u00a0»" for nom in noms)


def _clean(texte: str) -> str:
    """Line ends of any system; no control sign."""
    lignes = texte.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        signe for signe in lignes if signe == "\n" or signe.isprintable() or signe in "\u00a0\u202f\t"
    )


def _add(cle: str, gabarit: Gabarit | None, agent: Visiteur, maintenant: datetime) -> None:
    VersionModele.objects.create(
        cle=cle,
        sujet=gabarit.sujet if gabarit else "",
        texte=gabarit.texte if gabarit else "",
        auteur=agent.courriel,
        at=maintenant,
    )


def _pied(signature: str) -> tuple[str, ...]:
    acces = f"Accès au site\u00a0: {site_url('/')}"
    return (signature or "Gradin", acces)
