"""The mails of an opening: it starts, it is about to end, its postes are published."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from gradin.data.comptes.models import Compte, Role
from gradin.data.courriers.models import Envoi
from gradin.data.ouverture.models import EtatPropose, Ouverture, PostePropose
from gradin.documents.courriel import Lien, Valeur
from gradin.domain.rang.semestre import parse_semestre
from gradin.operations.courriers.adresse import site_url
from gradin.operations.courriers.enqueue import instant, prepare
from gradin.operations.courriers.modeles import Lettre, compose
from gradin.operations.courriers.rappels import say_limite
from gradin.queries.espaces.perimetre import perimetre_of
from gradin.queries.ouverture.suivi import without_avis_of
from gradin.queries.visiteurs import visiteur_of

TROIS_JOURS_MS = 3 * 86_400_000
DEBUT = "debut"
RIEN_PROPOSE = "aucun poste n’est proposé"
ROLES = {Role.ETABLISSEMENT: "etablissement", Role.COORDONNATEUR: "specialite"}


def announce_due(maintenant: int) -> int:
    """Mails of the openings whose hour has come; each once, whoever else runs."""
    ouvertes = Ouverture.objects.filter(limite__gt=maintenant).select_related("semestre", "subdivision")
    return sum(
        _announce(ouverture, quoi, maintenant)
        for ouverture in ouvertes
        for quoi in _due(ouverture, maintenant)
        if quoi not in ouverture.annonces
    )


def announce_publication(ouverture: Ouverture, proposes: Iterable[PostePropose], maintenant: int) -> None:
    """In the transaction of the publication: to whose postes they are, how many of them."""
    cles = [(un.service.etablissement_id, un.des_id) for un in proposes]
    envois = []
    for compte, etablissements, specialites in _partners(ouverture):
        nombre = sum(chez in etablissements or des in specialites for chez, des in cles)
        if nombre:
            valeurs: dict[str, Valeur] = {"postes": f"{nombre}\u00a0poste{'s' if nombre > 1 else ''}"}
            cle = f"ouverture-{ouverture.pk}-publie-{maintenant}-{compte.pk}"
            envois.append(_mail(ouverture, compte, "ouverture-decisions", cle, valeurs, maintenant))
    Envoi.objects.bulk_create(envois, batch_size=500, ignore_conflicts=True)


def _due(ouverture: Ouverture, maintenant: int) -> tuple[str, ...]:
    """A date limit that moves is reminded again, three days before the new one.

    What opens for three days or less is told once: the first mail gives the date.
    """
    assert ouverture.limite is not None
    proche = maintenant >= ouverture.limite - TROIS_JOURS_MS
    return (DEBUT, f"rappel-{ouverture.limite}")[: 2 if proche and DEBUT in ouverture.annonces else 1]


def _announce(ouverture: Ouverture, quoi: str, maintenant: int) -> int:
    """Worded first: the writer waits for no mail."""
    envois = [*(_starts if quoi == DEBUT else _reminds)(ouverture, maintenant)]
    with transaction.atomic():
        row = Ouverture.objects.select_for_update(of=("self",), no_key=True).get(pk=ouverture.pk)
        if quoi in row.annonces or row.limite != ouverture.limite:
            return 0
        row.annonces = [*row.annonces, quoi]
        row.save(update_fields=["annonces"])
        Envoi.objects.bulk_create(envois, batch_size=500, ignore_conflicts=True)
    return len(envois)


def _starts(ouverture: Ouverture, maintenant: int) -> Iterable[Envoi]:
    for compte, _, _ in _partners(ouverture):
        modele = "ouverture-proposer" if compte.role == Role.ETABLISSEMENT else "ouverture-avis"
        cle = f"ouverture-{ouverture.pk}-debut-{compte.pk}"
        yield _mail(ouverture, compte, modele, cle, {"limite": _limite(ouverture)}, maintenant)


def _reminds(ouverture: Ouverture, maintenant: int) -> Iterable[Envoi]:
    for compte, _, _ in _partners(ouverture):
        if manque := _missing(ouverture, compte):
            cle = f"ouverture-{ouverture.pk}-rappel-{ouverture.limite}-{compte.pk}"
            valeurs: dict[str, Valeur] = {"limite": _limite(ouverture), "manque": manque}
            yield _mail(ouverture, compte, "ouverture-rappel", cle, valeurs, maintenant)


def _missing(ouverture: Ouverture, compte: Compte) -> str:
    """Empty when he has done his part."""
    visiteur = visiteur_of(compte)
    siens = PostePropose.objects.filter(perimetre_of(visiteur).proposes(), ouverture=ouverture)
    if compte.role == Role.ETABLISSEMENT:
        return "" if siens.exclude(etat=EtatPropose.RETIRE).exists() else RIEN_PROPOSE
    nombre = siens.filter(without_avis_of(visiteur)).count()
    if not nombre:
        return ""
    return f"{nombre}\u00a0poste{'s attendent' if nombre > 1 else ' attend'} votre avis"


def _mail(
    ouverture: Ouverture, compte: Compte, modele: str, cle: str, propres: dict[str, Valeur], maintenant: int
) -> Envoi:
    page = site_url(f"/mon-espace/ouverture/?ouverture={ouverture.pk}")
    valeurs: dict[str, Valeur] = {
        "nom": compte.nom_affiche or compte.email,
        "semestre": parse_semestre(ouverture.semestre.code).libelle,
        "lien": Lien(mots="Ouverture des postes", adresse=page),
        **propres,
    }
    signature = f"Agence régionale de santé, {ouverture.subdivision.nom}"
    courrier = compose(Lettre(modele=modele, valeurs=valeurs, signature=signature))
    return prepare(cle, compte.email, courrier, instant(maintenant))


def _partners(ouverture: Ouverture) -> Iterable[tuple[Compte, frozenset[int], frozenset[int]]]:
    """(account, its établissements, its DES) in the subdivision: of a role, only what narrows that role."""
    for role, colonne in ROLES.items():
        comptes = Compte.objects.filter(
            role=role, is_active=True,
            portees__subdivision=ouverture.subdivision_id, **{f"portees__{colonne}__isnull": False},
        )  # fmt: skip
        for compte in comptes.distinct().order_by("pk"):
            portees = compte.portees.filter(
                subdivision=ouverture.subdivision_id, **{f"{colonne}__isnull": False}
            )
            siens = frozenset(portees.values_list(colonne, flat=True))
            rien: frozenset[int] = frozenset()
            yield (compte, siens, rien) if role == Role.ETABLISSEMENT else (compte, rien, siens)


def _limite(ouverture: Ouverture) -> str:
    assert ouverture.limite is not None
    return say_limite(instant(ouverture.limite), ouverture.subdivision.fuseau)
