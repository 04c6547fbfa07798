"""What the pre-flight looks at, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from gradin.domain.eligibilite.situation import Candidat, Place, Reglement

CONSOLIDATION = "consolidation"


class Gravite(StrEnum):
    """Blocks the start, asks for an acknowledgement by name, or is only good to know."""

    BLOQUE = "bloque"
    A_CONFIRMER = "a_confirmer"
    A_SAVOIR = "a_savoir"


class CodeConstat(StrEnum):
    """What may be found. Values are stored with acknowledgements: they never change."""

    DEJA_AFFECTE = "deja_affecte"
    DEUX_LISTES = "deux_listes"
    MAQUETTE_TERMINEE = "maquette_terminee"
    AUTRE_REGIME = "autre_regime"
    CONSOLIDATION = "consolidation"
    RANG_MANQUANT = "rang_manquant"
    EX_AEQUO = "ex_aequo"
    LISTE_NON_PUBLIEE = "liste_non_publiee"
    LISTE_VIDE = "liste_vide"
    LISTE_PERIMEE = "liste_perimee"
    ABSENTS_DE_LA_LISTE = "absents_de_la_liste"
    POSTES_INSUFFISANTS = "postes_insuffisants"
    RESERVE_SANS_PRENEUR = "reserve_sans_preneur"
    COUPLAGE_IMPOSSIBLE = "couplage_impossible"
    PROCURATION_EN_ATTENTE = "procuration_en_attente"
    SEMESTRES_INSUFFISANTS = "semestres_insuffisants"
    AUTRE_GROUPE = "autre_groupe"
    EFFECTIF_COMPTE = "effectif_compte"
    VOEUX_SANS_DATE = "voeux_sans_date"
    SANS_AGREMENT = "sans_agrement"
    EN_AVANCE = "en_avance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Constat:
    """One finding. `qui`: names, or numbers of postes; `message`: French, says how to mend it."""

    code: CodeConstat
    gravite: Gravite
    qui: tuple[str, ...]
    message: str
    lien: str

    @property
    def cle(self) -> str:
        """Names this very finding, so that it is acknowledged as it was read and never as it became."""
        dit = "\n".join((self.code, *self.qui, self.message))
        return sha256(dit.encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True, kw_only=True)
class InternePrevol:
    """One interne of the list. `choisit` is false for whoever is hors choix.

    `annees`: length of his DES, None when unknown. `en_plus`: semesters that a FST or an option adds.
    `listes_en_cours`: other amphis, already started, in which he is still expected.
    `fiche`: where he can be corrected.
    """

    nom: str
    candidat: Candidat
    choisit: bool = True
    phase: str = ""
    annees: int | None = None
    en_plus: int = 0
    semestres_valides: int = 0
    rang_manquant: bool = False
    effectif_compte: bool = False
    listes_en_cours: tuple[str, ...] = ()
    procuration_en_attente: bool = False
    groupe_habituel: str = ""
    fiche: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One amphi ready to be judged.

    `phase` is empty when the ARS mixes phases (a FST, ambulatory postes). `attendus_apres`: candidates
    of the later amphis of the chain, who may still take what nobody here can.
    `oublies`: names of the roster, of this groupe and phase, that the list does not hold.
    `perimes`: names that would no longer have the same rank if the list were computed again.
    `semestres_minimaux`: below, an acknowledgement is asked. `ex_aequo`: names, not yet confirmed.
    `voeux_annonces`: False for an amphi `par_voeux` in which nobody may file a wish yet.
    `semestre`, `groupe`: codes, where the links lead.
    `sans_agrement`: postes without a valid one nor a motive, where the campaign uses agréments.
    """

    amphi: int
    phase: str
    reglement: Reglement
    liste_publiee: bool
    internes: tuple[InternePrevol, ...]
    postes: tuple[Place, ...]
    ex_aequo: tuple[tuple[str, ...], ...] = ()
    perimes: tuple[str, ...] = ()
    oublies: tuple[str, ...] = ()
    attendus_apres: tuple[Candidat, ...] = ()
    semestres_minimaux: int = 0
    voeux_annonces: bool = True
    semestre: str = ""
    groupe: str = ""
    sans_agrement: tuple[str, ...] = ()

    @property
    def choisissent(self) -> tuple[InternePrevol, ...]:
        return tuple(interne for interne in self.internes if interne.choisit)

    @property
    def lien_liste(self) -> str:
        return f"/gestion/amphis/{self.amphi}/liste/"

    @property
    def lien_prechoix(self) -> str:
        return f"/gestion/amphis/{self.amphi}/prechoix/"

    @property
    def lien_ex_aequo(self) -> str:
        return f"{self.lien_liste}ex-aequo/"

    @property
    def lien_publier(self) -> str:
        return f"{self.lien_liste}publier/"

    @property
    def lien_corriger(self) -> str:
        return f"{self.lien_liste}corriger/"

    @property
    def lien_postes(self) -> str:
        """The postes of its groupe; those of a finding are told by their numbers."""
        return f"/gestion/postes/?semestre={self.semestre}&groupe={self.groupe}"
