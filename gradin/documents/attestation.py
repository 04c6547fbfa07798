"""The attestation of one choice: what it states, and the page that says it."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from io import BytesIO

import segno

from gradin.documents.fiche import Fiche, lignes_of
from gradin.documents.imprimerie import IMPRIMERIE, compose
from gradin.documents.sceau import Sceau, sealed
from gradin.domain.rang.semestre import Saison, Semestre

TITRE = "Attestation d’affectation"
# Trying all eight masks of a code costs as much as the whole page; any of them is read.
MASQUE = 2
CHOISI = (
    "Ce choix est une ligne du journal public de l’amphithéâtre, dont chaque ligne scelle les précédentes."
)
ATTRIBUE = (
    "Ce poste a été attribué par l’ARS avant l’amphithéâtre. La première ligne du journal public de "
    "l’amphithéâtre le compte parmi les postes déjà tenus."
)
Lignes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """All that one page says; never the type de choix: an employer reads it. `chosen_at`: ms UTC.

    `voie`: how the ARS gave it before the amphi, in words; then there is no line of a journal (`n` is 0).
    """

    nom: str
    semestre: Semestre
    fiche: Fiche
    emetteur: str
    intitule: str
    chosen_at: int
    choisi: str
    n: int
    h: str
    code: str
    adresse: str
    delivree_le: date
    voie: str = ""


def enonces_of(attestation: Attestation) -> Lignes:
    """(label, value) of every field that the page states and that the verification shows."""
    return (
        ("Interne", attestation.nom),
        ("Semestre", periode_of(attestation.semestre)),
        *lignes_of(attestation.fiche),
        *((("Attribution", attestation.voie),) if attestation.voie else ()),
        ("Délivrée par", attestation.emetteur),
    )


def recu_of(attestation: Attestation) -> Lignes:
    """What leads to the line of the public journal; without one, when the ARS gave the poste."""
    if attestation.voie:
        return (("Attribué par l’ARS", attestation.choisi),)
    return (
        ("Amphithéâtre", attestation.intitule),
        ("Choix enregistré", attestation.choisi),
        ("Ligne du journal", f"n°\u00a0{attestation.n}"),
        ("Empreinte", attestation.h),
    )


def empreinte_of(attestation: Attestation) -> str:
    """SHA-256 of every stated fact, not of its wording; the code makes it useless to try names."""
    un = attestation
    faits = (un.nom, un.semestre.code, asdict(un.fiche), un.emetteur, un.intitule, un.chosen_at, un.n, un.h)
    voie = (un.voie,) if un.voie else ()
    texte = json.dumps([*faits, *voie, un.code], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(texte.encode()).hexdigest()


def print_attestation(attestation: Attestation, sceau: Sceau | None = None) -> bytes:
    """A tagged PDF (PDF/UA-1, PDF/A-2a), made and sealed in the child process."""
    return IMPRIMERIE.run(compose_attestation, attestation, sceau)


def compose_attestation(attestation: Attestation, sceau: Sceau | None = None) -> bytes:
    return sealed(compose("attestation", donnees_of(attestation)), sceau)


def donnees_of(attestation: Attestation) -> dict[str, object]:
    jour = attestation.delivree_le
    return {
        "titre": TITRE,
        "sous_titre": f"Stage d’interne, semestre de {attestation.semestre.libelle}",
        "emetteur": attestation.emetteur,
        "date": [jour.year, jour.month, jour.day],
        "phrase": f"L’agence régionale de santé atteste que {attestation.nom} "
        f"{'est affecté au' if attestation.voie else 'a choisi le'} poste suivant "
        f"pour le semestre de {periode_of(attestation.semestre)}.",
        "enonces": enonces_of(attestation),
        "preuve_titre": "L’attribution et sa preuve" if attestation.voie else "Le choix et sa preuve",
        "preuve": ATTRIBUE if attestation.voie else CHOISI,
        "recu": recu_of(attestation),
        "verifier_titre": "Vérifier cette attestation",
        "verifier": "Tapez cette adresse, ou ouvrez le code en contrôlant que votre navigateur affiche bien "
        "cette adresse. La page montre ce que la plateforme a enregistré\u00a0: toute différence avec ce "
        "document le rend sans valeur.",
        "adresse": attestation.adresse,
        "qr": _qr(attestation.adresse),
        "qr_texte": f"Code QR menant à {attestation.adresse}",
        "pied": f"{attestation.nom}, semestre de {attestation.semestre.libelle}",
    }


def periode_of(semestre: Semestre) -> str:
    """« mai 2027, du 2 mai 2027 au 1er novembre 2027 »: until the eve of the next one."""
    fin = _suivant(semestre).debut - timedelta(days=1)
    mois = {Saison.ETE: ("mai", "novembre"), Saison.HIVER: ("novembre", "mai")}[semestre.saison]
    return f"{semestre.libelle}, du 2\u00a0{mois[0]} {semestre.annee} au 1er\u00a0{mois[1]} {fin.year}"


def _suivant(semestre: Semestre) -> Semestre:
    if semestre.saison is Saison.ETE:
        return Semestre(annee=semestre.annee, saison=Saison.HIVER)
    return Semestre(annee=semestre.annee + 1, saison=Saison.ETE)


def _qr(adresse: str) -> str:
    tampon = BytesIO()
    code = segno.make_qr(adresse, error="m", mask=MASQUE, boost_error=False, mode="byte")
    code.save(tampon, kind="svg", xmldecl=False, border=2)
    return tampon.getvalue().decode()
