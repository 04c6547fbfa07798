"""What one kind of mail is: when it leaves, its fields, its original words."""

from dataclasses import dataclass

from gradin.documents.courriel import Gabarit, Lien, Valeur, Valeurs


@dataclass(frozen=True, slots=True, kw_only=True)
class Champ:
    """`requis`: without it the mail says nothing useful any more."""

    nom: str
    sens: str
    exemple: Valeur
    requis: bool = False

    @property
    def code(self) -> str:
        """As one writes it."""
        return f"{{{self.nom}}}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Modele:
    """`quand`: to whom, at what moment, in the words of the ARS's page."""

    cle: str
    famille: str
    titre: str
    quand: str
    champs: tuple[Champ, ...]
    origine: Gabarit
    signature: str = ""

    @property
    def exemples(self) -> Valeurs:
        return {champ.nom: champ.exemple for champ in self.champs}

    @property
    def requis(self) -> frozenset[str]:
        return frozenset(champ.nom for champ in self.champs if champ.requis)


def mot(nom: str, sens: str, exemple: str, *, requis: bool = False) -> Champ:
    return Champ(nom=nom, sens=sens, exemple=exemple, requis=requis)


def lien(nom: str, sens: str, mots: str, chemin: str, *, requis: bool = False) -> Champ:
    exemple = Lien(mots=mots, adresse=f"https://choix.exemple.fr{chemin}")
    return Champ(nom=nom, sens=sens, exemple=exemple, requis=requis)
