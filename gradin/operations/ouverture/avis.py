"""The opinion of a coordonnateur on the postes of his DES: he advises, the ARS decides."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from gradin.data.ouverture.models import (
    ActeOuverture,
    AvisPoste,
    EtatPropose,
    Ouverture,
    PostePropose,
    SensAvis,
)
from gradin.operations.ouverture.refus import OuvertureRefusee
from gradin.operations.ouverture.trace import Geste, Trace, lock_ouverture, lock_proposes
from gradin.operations.permissions import Interdit
from gradin.operations.permissions_offre import check_can_give_avis
from gradin.queries.espaces.perimetre import perimetre_of

ATTENDENT = (EtatPropose.PROPOSE, EtatPropose.ACCORDE, EtatPropose.REFUSE)
LONGUEUR = 300
SENS: tuple[tuple[str, str], ...] = tuple((str(un.value), str(un.label)) for un in SensAvis)


@transaction.atomic
def give_avis(pk: int, cibles: Collection[int], sens: str, texte: str, geste: Geste) -> int:
    """The same opinion on one or several; a later one replaces it. Raises OuvertureRefusee, Interdit."""
    check_can_give_avis(geste.visiteur)
    ouverture = lock_ouverture(pk)
    proposes = lock_proposes(ouverture, cibles)
    siens = PostePropose.objects.filter(perimetre_of(geste.visiteur).proposes(), pk__in=cibles)
    if siens.count() != len(proposes):
        raise Interdit("Ce poste n’est pas de votre DES.", absent=True)
    texte = texte.strip()[:LONGUEUR]
    _check(proposes, sens, texte)
    for propose in proposes:
        _write(ouverture, propose, SensAvis(sens), texte, geste)
    return len(proposes)


def _check(proposes: Collection[PostePropose], sens: str, texte: str) -> None:
    if sens not in SensAvis.values:
        raise OuvertureRefusee("Choisissez un avis\u00a0: favorable, réservé ou défavorable.", champ="sens")
    if sens != SensAvis.FAVORABLE and not texte:
        raise OuvertureRefusee("Dites en une ligne pourquoi, pour que l’ARS puisse décider.", champ="texte")
    if any(propose.etat not in ATTENDENT for propose in proposes):
        raise OuvertureRefusee(
            "Un de ces postes est déjà publié ou retiré\u00a0: l’avis n’y change plus rien."
        )


def _write(ouverture: Ouverture, propose: PostePropose, sens: SensAvis, texte: str, geste: Geste) -> None:
    ancien = AvisPoste.objects.filter(propose=propose, auteur=geste.visiteur.compte).first()
    AvisPoste.objects.update_or_create(
        propose=propose,
        auteur_id=geste.visiteur.compte,
        defaults={"sens": sens, "texte": texte, "at": geste.maintenant},
    )
    avant = _say(SensAvis(ancien.sens), ancien.texte) if ancien else ""
    ActeOuverture.objects.bulk_create(
        [geste.line(ouverture, Trace.AVIS, propose, avant=avant, apres=_say(sens, texte))]
    )


def _say(sens: SensAvis, texte: str) -> str:
    return f"{sens.label}\u00a0: {texte}" if texte else str(sens.label)
