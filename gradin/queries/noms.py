"""Whose name this visitor may read beside an affectation: the parameter `noms_publics` and rules.md §9."""

from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Q

from gradin.data.amphis.models import Amphi, Place
from gradin.data.demandes.models import NatureHorsChoix
from gradin.queries.procurations import standing_mandats
from gradin.queries.public.amphis import names_are_public
from gradin.queries.visiteurs import Couples, Visiteur


@dataclass(frozen=True, slots=True, kw_only=True)
class NomsLisibles:
    """`amphis`: ids whose internes are named. `portees`: where the ARS reads the components of a seniority.

    `interne`: the visitor himself, who reads his own everywhere. `jamais`: (semestre, subdivision) of amphis
    that never name anybody.
    """

    amphis: frozenset[int] = field(default_factory=frozenset)
    jamais: Couples = field(default_factory=frozenset)
    suivis: Couples = field(default_factory=frozenset)
    portees: Couples = field(default_factory=frozenset)
    interne: int | None = None

    def named(self) -> Q:
        """Affectations whose interne is named; one that the ARS gave has no setting: scope only.

        A matching gives its own once it is over, so they are named as after the close of an amphi, save
        where the amphis of that semestre never name anybody.
        """
        hors_amphi = Q(amphi=None) & _posts_of(self.suivis | self.portees)
        apparies = Q(amphi=None, hors_choix__nature=NatureHorsChoix.APPARIEMENT)
        for semestre, subdivision in self.jamais:
            apparies &= ~Q(semestre=semestre, poste__subdivision=subdivision)
        return Q(amphi__in=self.amphis) | hors_amphi | apparies | Q(interne=self.interne or 0)

    def detailed(self) -> Q:
        """Affectations whose validated semesters are read: one's own, those of the agent's scope."""
        return _posts_of(self.portees) | Q(interne=self.interne or 0)


def noms_lisibles(visiteur: Visiteur) -> NomsLisibles:
    """Public ones, his own, his mandants', those of his scope."""
    rows = [*Amphi.objects.only("pk", "etat", "parametres", "semestre", "subdivision")]
    amphis = {a.pk for a in rows if names_are_public(a)}
    jamais = {(a.semestre_id, a.subdivision_id) for a in rows if a.parametres.get("noms_publics") == "jamais"}
    if visiteur.interne is not None:
        amphis |= _amphis_of(Q(inscription__interne=visiteur.interne))
    if visiteur.compte is not None:
        mandats = standing_mandats(visiteur.compte).values_list("inscription", flat=True)
        amphis |= _amphis_of(Q(inscription__in=[*mandats]))
    if scope := visiteur.portees | visiteur.suivis:
        amphis |= {*Amphi.objects.filter(_in_scope(scope)).values_list("pk", flat=True)}
    return NomsLisibles(
        amphis=frozenset(amphis),
        jamais=frozenset(jamais),
        suivis=visiteur.suivis,
        portees=visiteur.portees,
        interne=visiteur.interne,
    )


def shorten_name(prenom: str, nom: str) -> str:
    """« Camille A. »: what a list reads of a name."""
    return f"{prenom} {nom[:1].upper()}.".strip() if nom else prenom


def _amphis_of(places: Q) -> set[int]:
    return {*Place.objects.filter(places).values_list("amphi", flat=True)}


def _posts_of(couples: Couples) -> Q:
    return _in_scope(couples, "poste__") if couples else Q(pk__in=())


def _in_scope(couples: Couples, chemin: str = "") -> Q:
    parts = (
        Q(**{f"{chemin}subdivision": subdivision})
        if groupe is None
        else Q(**{f"{chemin}subdivision": subdivision, f"{chemin}groupe": groupe})
        for subdivision, groupe in couples
    )
    return reduce(or_, parts)
