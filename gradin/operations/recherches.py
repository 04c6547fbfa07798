"""Keeps, renames and forgets the searches of an account; says by mail what enters those it watches."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from gradin.data.postes.models import Poste
from gradin.data.recherches.models import RechercheEnregistree
from gradin.documents.courriel import Valeurs
from gradin.operations.courriers import Courrier, Lettre, Lien, compose, enqueue
from gradin.operations.courriers.adresse import site_url
from gradin.queries.public.semestres import find_semestre
from gradin.queries.recherche.enregistrees import filtre_of
from gradin.queries.recherche.filtre import find_postes

MAXIMUM = 50
POSTES_ECRITS = 20


class RechercheRefusee(ValueError):
    """Said in French, with what to do."""


@transaction.atomic
def save_recherche(compte: int, nom: str, requete: str, maintenant: datetime) -> None:
    """The same name again replaces what it found."""
    miennes = RechercheEnregistree.objects.filter(compte=compte)
    if not miennes.filter(nom=_name(nom)).exists() and miennes.count() >= MAXIMUM:
        raise RechercheRefusee(f"Vous gardez déjà {MAXIMUM} recherches. Supprimez-en une.")
    miennes.update_or_create(
        compte_id=compte,
        nom=_name(nom),
        defaults={"requete": requete, "connus": _found(requete)},
        create_defaults={"requete": requete, "created_at": maintenant},
    )


@transaction.atomic
def rename_recherche(compte: int, pk: int, nom: str) -> None:
    miennes = RechercheEnregistree.objects.filter(compte=compte)
    if miennes.filter(nom=_name(nom)).exclude(pk=pk).exists():
        raise RechercheRefusee("Une autre de vos recherches porte déjà ce nom. Donnez-lui un autre nom.")
    miennes.filter(pk=pk).update(nom=_name(nom))


def delete_recherche(compte: int, pk: int) -> None:
    RechercheEnregistree.objects.filter(compte=compte, pk=pk).delete()


@transaction.atomic
def watch_recherche(compte: int, pk: int, alerte: bool) -> None:
    """From now on: what is in it already is no news."""
    for recherche in RechercheEnregistree.objects.filter(compte=compte, pk=pk):
        recherche.alerte = alerte
        recherche.connus = _found(recherche.requete) if alerte else []
        recherche.save(update_fields=["alerte", "connus"])


def tell_new_postes(maintenant: int) -> int:
    """One mail for each watched search that something entered; gives their number."""
    veillees = RechercheEnregistree.objects.filter(alerte=True, compte__is_active=True)
    return sum(_tell(recherche, maintenant) for recherche in veillees.select_related("compte"))


@transaction.atomic
def _tell(recherche: RechercheEnregistree, maintenant: int) -> bool:
    """Two workers at once write the same key, hence one mail."""
    trouves = _found(recherche.requete)
    nouveaux = sorted({*trouves} - {*recherche.connus})
    if trouves == recherche.connus:
        return False
    RechercheEnregistree.objects.filter(pk=recherche.pk).update(connus=trouves)
    if nouveaux:
        marque = sha256(repr(nouveaux).encode()).hexdigest()[:16]
        enqueue(
            f"recherche-{recherche.pk}-{marque}",
            recherche.compte.email,
            _write(recherche, nouveaux),
            maintenant,
        )
    return bool(nouveaux)


def _found(requete: str) -> list[int]:
    """Whatever their state: a poste that is taken does not leave, one given back does not enter."""
    semestre = find_semestre()
    if semestre is None:
        return []
    sans_etat = "&".join(part for part in requete.split("&") if not part.startswith("etat="))
    postes = find_postes(filtre_of(sans_etat, semestre.code)).postes
    return sorted(postes.values_list("pk", flat=True))


def _write(recherche: RechercheEnregistree, nouveaux: Sequence[int]) -> Courrier:
    postes = Poste.objects.filter(pk__in=nouveaux[:POSTES_ECRITS]).select_related("service__etablissement")
    lignes = [f"- n° {p.numero}, {p.service.nom}, {p.service.etablissement.nom}" for p in postes]
    if len(nouveaux) > POSTES_ECRITS:
        lignes.append(f"- et {len(nouveaux) - POSTES_ECRITS} autres")
    combien = "Un nouveau poste entre" if len(nouveaux) == 1 else f"{len(nouveaux)} nouveaux postes entrent"
    valeurs: Valeurs = {
        "combien": combien,
        "recherche": recherche.nom,
        "postes": "\n".join(lignes),
        "lien": Lien(mots="Voir cette recherche", adresse=site_url("/postes/?" + recherche.requete)),
        "arret": Lien(mots="Mes recherches", adresse=site_url("/mes-recherches/")),
    }
    return compose(Lettre(modele="recherche", valeurs=valeurs))


def _name(nom: str) -> str:
    propre = " ".join(nom.replace("\x00", "").split())[:80]
    if not propre:
        raise RechercheRefusee("Donnez un nom à cette recherche.")
    return propre
