"""Who the internes of an amphi are, as the ARS may read them."""

from collections.abc import Mapping
from dataclasses import dataclass

from gradin.data.amphis.models import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Personne:
    nom: str
    prenom: str
    des: str
    telephone: str
    absence_prevue: bool

    @property
    def entier(self) -> str:
        return f"{self.prenom} {self.nom}"

    @property
    def court(self) -> str:
        """« Camille A. », as the journal says it."""
        return f"{self.prenom} {self.nom[:1]}."


def people_of(amphi: int) -> Mapping[int, Personne]:
    """Number in the started list → person."""
    rows = Place.objects.filter(amphi=amphi, numero__isnull=False).values_list(
        "numero",
        "inscription__interne__nom",
        "inscription__interne__prenom",
        "inscription__des__intitule",
        "inscription__interne__telephone",
        "inscription__absence_prevue",
    )
    return {
        numero: Personne(nom=nom, prenom=prenom, des=des, telephone=telephone, absence_prevue=absence)
        for numero, nom, prenom, des, telephone, absence in rows
        if numero is not None
    }
