"""Accounts with a role: an agent, a representative… the scope of what he sees, his first password."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from gradin.data.comptes.models import Compte, GenreActe, Portee, Role
from gradin.data.referentiel.models import (
    Etablissement,
    Formation,
    Groupe,
    Service,
    Specialite,
    Subdivision,
    Ufr,
)
from gradin.operations.actes_gestion import PLATEFORME, Signature, Touche, record
from gradin.queries.visiteurs import ARS

ROLES = {role.value: role for role in Role if role != Role.INTERNE}
# What narrows a scope, by its word in the command: column, table, field that names a row.
COLONNES: dict[str, tuple[str, Any, str]] = {
    "ufr": ("ufr", Ufr, "nom"),
    "des": ("specialite", Specialite, "code_des"),
    "etablissement": ("etablissement", Etablissement, "nom"),
    "service": ("service", Service, "imotep"),
}


class PorteeInconnue(ValueError):
    """The scope names a subdivision or a groupe that the referential does not hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PorteeDemandee:
    """A subdivision, or only some groupes of it (codes), or what one of its other columns names."""

    subdivision: str
    groupes: tuple[str, ...] = ()
    champ: str = ""
    valeur: str = ""


def parse_portee(texte: str) -> PorteeDemandee:
    """`LYON`, `LYON:3,8`, or `LYON:formation=pharmacien` (also `ufr=`, `des=`, `etablissement=`,
    `service=IMOTEP`)."""
    subdivision, _, groupes = texte.partition(":")
    champ, egal, valeur = groupes.partition("=")
    if egal:
        return PorteeDemandee(
            subdivision=subdivision.strip(), champ=champ.strip().lower(), valeur=valeur.strip()
        )
    codes = tuple(code.strip() for code in groupes.split(",") if code.strip())
    return PorteeDemandee(subdivision=subdivision.strip(), groupes=codes)


@transaction.atomic
def create_agent(
    *,
    courriel: str,
    mot_de_passe: str,
    portees: Sequence[PorteeDemandee],
    maintenant: datetime,
    nom: str = "",
    role: Role = Role.AGENT,
    par: str = PLATEFORME,
) -> Compte:
    """A new account, or the same one with this role and this scope when it exists.

    An agent's password is replaced; a representative who already signs in keeps his own.
    `par`: who acts, for the trail.
    """
    compte = Compte.objects.filter(email=courriel.strip().lower()).first()
    if compte is None:
        compte = Compte(email=courriel.strip().lower(), created_at=maintenant)
    connu = compte.pk is not None and role not in ARS
    avant = _said_portees(compte) if compte.pk is not None else None
    compte.role = role
    compte.nom_affiche = nom or compte.nom_affiche
    if not connu:
        compte.set_password(mot_de_passe)
    compte.save()
    set_portees(compte, portees)
    _record(compte, avant, Signature(auteur=par, maintenant=maintenant))
    return compte


def set_portees(compte: Compte, portees: Sequence[PorteeDemandee]) -> None:
    Portee.objects.filter(compte=compte).delete()
    for portee in portees:
        subdivision = _subdivision(portee.subdivision)
        if portee.champ:
            Portee.objects.create(compte=compte, subdivision=subdivision, **_narrowed(portee))
            continue
        groupes: list[Groupe | None] = [_groupe(code) for code in portee.groupes]
        Portee.objects.bulk_create(
            Portee(compte=compte, subdivision=subdivision, groupe=groupe) for groupe in groupes or [None]
        )


def _narrowed(portee: PorteeDemandee) -> dict[str, Any]:
    if portee.champ == "formation" and portee.valeur.lower() in Formation.values:
        return {"formation": portee.valeur.lower()}
    if portee.champ not in COLONNES:
        raise PorteeInconnue(f"Portée inconnue : {portee.champ}={portee.valeur}.")
    colonne, modele, champ = COLONNES[portee.champ]
    objet = modele.objects.filter(**{f"{champ}__iexact": portee.valeur}).first()
    if objet is None:
        raise PorteeInconnue(f"Portée inconnue : {portee.champ}={portee.valeur}.")
    return {colonne: objet}


def _subdivision(code: str) -> Subdivision:
    subdivision = Subdivision.objects.filter(code__iexact=code).first()
    if subdivision is None:
        connues = ", ".join(Subdivision.objects.values_list("code", flat=True)) or "aucune"
        raise PorteeInconnue(f"Subdivision inconnue : {code}. Connues : {connues}.")
    return subdivision


def _groupe(code: str) -> Groupe:
    groupe = Groupe.objects.filter(code__iexact=code).first()
    if groupe is None:
        raise PorteeInconnue(f"Groupe inconnu : {code}.")
    return groupe


def _said_portees(compte: Compte) -> dict[int | None, str]:
    """By subdivision, None for an account of none: the role, and to what of it the scope is narrowed."""
    ici: dict[int | None, list[str]] = {}
    lies = ("groupe", "ufr", "specialite", "etablissement", "service")
    for portee in Portee.objects.filter(compte=compte).select_related("subdivision", *lies).order_by("pk"):
        nom = portee.subdivision.nom
        etroit = portee.formation or next((str(lie) for champ in lies if (lie := getattr(portee, champ))), "")
        ici.setdefault(portee.subdivision_id, []).append(f"{nom}, {etroit}" if etroit else nom)
    role = Role(compte.role).label
    return {pk: f"{role}\u00a0: {', '.join(mots)}" for pk, mots in ici.items()} or {None: role}


def _record(compte: Compte, avant: dict[int | None, str] | None, signature: Signature) -> None:
    """One line for each subdivision that gains, keeps or loses the account; no password in it."""
    apres = _said_portees(compte)
    acte = "Compte créé" if avant is None else "Compte repris"
    for subdivision in {**apres, **(avant or {})}:
        touche = Touche(genre=GenreActe.COMPTES, objet=compte.email, subdivision=subdivision)
        dit = apres.get(subdivision, "plus dans cette subdivision")
        record(signature, acte, touche, avant=(avant or {}).get(subdivision, ""), apres=dit)
