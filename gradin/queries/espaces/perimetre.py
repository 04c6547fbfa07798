"""The perimeter of a partner: his scope as conditions on internes, affectations, postes and amphis.

A role is narrowed by its own column (a faculté by its UFR…); a scope that does not fill it gives nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from gradin.data.amphis.models import Offre, Place
from gradin.data.comptes.models import Portee, Role
from gradin.data.internes.models import Inscription
from gradin.data.referentiel.models import Groupe, Subdivision
from gradin.queries.visiteurs import Visiteur

# Role → the column of `Portee` that names what is his; the representative's is in `Visiteur.suivis`.
COLONNES: Mapping[str, str] = {
    Role.FACULTE: "ufr",
    Role.COORDONNATEUR: "specialite",
    Role.ETABLISSEMENT: "etablissement",
    Role.RESPONSABLE_TERRAIN: "service",
}
# Column → where it stands, from each table. What is not written is not his.
INSCRIPTIONS = {"ufr": "interne__ufr", "specialite": "des"}
AFFECTATIONS = {
    "ufr": "interne__ufr",
    "specialite": "poste__des",
    "etablissement": "poste__service__etablissement",
    "service": "poste__service",
}
POSTES = {
    "specialite": "des",
    "etablissement": "service__etablissement",
    "service": "service",
    "groupe": "groupe",
}
# Postes proposed to an opening: a faculté reads none.
PROPOSES = {
    "specialite": "des",
    "etablissement": "service__etablissement",
    "groupe": "groupe",
}
PLACES = {"ufr": "inscription__interne__ufr", "specialite": "inscription__des"}
AGREMENTS = {"specialite": "des"}
INDIVIDUELLES = {"specialite": "inscription__des"}
OFFRES = {"etablissement": "poste__service__etablissement", "service": "poste__service"}
RIEN = Q(pk__in=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One line of a scope: what the row `pk` of `colonne` names (None: all of it) in `subdivision`."""

    subdivision: int
    lieu: str
    colonne: str
    pk: int | None
    nom: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Perimetre:
    role: str
    parts: tuple[Part, ...]

    def inscriptions(self) -> Q:
        return self._any(INSCRIPTIONS, "subdivision")

    def affectations(self) -> Q:
        """A coordonnateur's: on postes of his DES, and of its internes wherever they go."""
        siennes = self._any(AFFECTATIONS, "poste__subdivision")
        promotions = Inscription.objects.filter(
            self._any({"specialite": "des"}, "subdivision"),
            interne=OuterRef("interne"),
            semestre=OuterRef("semestre"),
        )
        return siennes | Q(Exists(promotions))

    def postes(self) -> Q:
        return self._any(POSTES, "subdivision")

    def proposes(self) -> Q:
        return self._any(PROPOSES, "ouverture__subdivision")

    def agrements(self) -> Q:
        """Demands of agréments of his DES: a coordonnateur's alone."""
        return self._any(AGREMENTS, "dossier__campagne__subdivision")

    def individuelles(self) -> Q:
        """Individual demands of his own internes: a coordonnateur's alone."""
        return self._any(INDIVIDUELLES, "inscription__subdivision")

    def places(self) -> Q:
        """Of his own internes, in the call lists."""
        return self._any(PLACES, "amphi__subdivision")

    def amphis(self) -> Q:
        """In which his internes choose, or one of his postes is offered, or those of his groupe."""
        places = Place.objects.filter(self.places()).values("amphi")
        offres = Offre.objects.filter(self._any(OFFRES, "amphi__subdivision")).values("amphi")
        return Q(pk__in=places) | Q(pk__in=offres) | self._any({"groupe": "groupe"}, "subdivision")

    def _any(self, chemins: Mapping[str, str], subdivision: str) -> Q:
        parts = (
            Q(**{subdivision: part.subdivision}) & (Q(**{chemins[part.colonne]: part.pk}) if part.pk else Q())
            for part in self.parts
            if part.colonne in chemins
        )
        return reduce(or_, parts, RIEN)


def perimetre_of(visiteur: Visiteur) -> Perimetre:
    """Nothing by default."""
    return Perimetre(role=visiteur.role, parts=tuple(_parts(visiteur)))


def _parts(visiteur: Visiteur) -> Iterable[Part]:
    if visiteur.role == Role.REPRESENTANT:
        return _followed(visiteur)
    colonne = COLONNES.get(visiteur.role)
    return _narrowed(visiteur, colonne) if colonne else ()


def _narrowed(visiteur: Visiteur, colonne: str) -> Iterable[Part]:
    rows = Portee.objects.filter(compte=visiteur.compte, **{f"{colonne}__isnull": False})
    for row in rows.select_related("subdivision", colonne).order_by("pk"):
        objet = getattr(row, colonne)
        yield Part(
            subdivision=row.subdivision_id,
            lieu=row.subdivision.nom,
            colonne=colonne,
            pk=objet.pk,
            nom=str(objet),
        )


def _followed(visiteur: Visiteur) -> Iterable[Part]:
    """A representative's groupes; one who follows a whole subdivision follows each of them."""
    lieux = dict(Subdivision.objects.values_list("pk", "nom"))
    groupes = {groupe.pk: str(groupe) for groupe in Groupe.objects.all()}
    for subdivision, groupe in sorted(visiteur.suivis, key=lambda suivi: (suivi[0], suivi[1] or 0)):
        nom = groupes[groupe] if groupe else "tous les groupes"
        yield Part(subdivision=subdivision, lieu=lieux[subdivision], colonne="groupe", pk=groupe, nom=nom)
