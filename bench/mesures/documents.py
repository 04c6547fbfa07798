"""Attestations a second, through the child process, beside fpdf2.

The reference says the same words and the same code with a font that it need not embed, and without tags,
PDF/A or PDF/UA: it has less to do.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from time import perf_counter

import segno
from fpdf import FPDF

from bench import tailles
from bench.tableau import Ligne, Tableau
from gradin.documents.attestation import MASQUE, Attestation, donnees_of, print_attestation
from gradin.documents.fiche import Fiche
from gradin.documents.imprimerie import drawable
from gradin.domain.rang.semestre import parse_semestre

NOMBRE = 500
MODELE = Attestation(
    nom="Émile ZOLA",
    semestre=parse_semestre("2027-05"),
    fiche=Fiche(
        specialite="ONC18 - ONCOLOGIE - PÉDIATRIE",
        etablissement="HENRI MONDOR (AP-HP)",
        service="ONCOLOGIE",
        chef="BAUDELAIRE CHARLES",
        numero="1239",
        reserve=True,
        flechage="Partagé 3 mois hospitalisation, 3 mois consultation",
    ),
    emetteur="Agence régionale de santé, Île-de-France",
    intitule="Oncologie, phase d’approfondissement",
    chosen_at=1_806_908_412_345,
    choisi="5 avril 2027 à 9 h 00 min 12 s",
    n=412,
    h="9f" * 32,
    code="",
    adresse="",
    delivree_le=date(2027, 4, 5),
)


def make_attestations(nombre: int) -> list[Attestation]:
    """All different: name, line, code."""
    return [
        replace(
            MODELE,
            nom=f"Émile ZOLA-{n}",
            n=n,
            code=f"{n:022d}",
            adresse=f"https://internes.example.fr/verification/{n:022d}/",
        )
        for n in range(nombre)
    ]


def print_with_fpdf2(attestation: Attestation) -> bytes:
    donnees = drawable(donnees_of(attestation))
    pdf = FPDF()
    pdf.add_page()
    pdf.set_title(_latin(donnees["titre"]))
    for taille, cle in ((11, "emetteur"), (24, "titre"), (13, "sous_titre"), (11, "phrase")):
        pdf.set_font("Times", size=taille)
        pdf.multi_cell(0, None, _latin(donnees[cle]), new_x="LMARGIN", new_y="NEXT")
    with pdf.table(first_row_as_headings=False) as table:
        for ligne in (*donnees["enonces"], *donnees["recu"]):
            table.row([_latin(mot) for mot in ligne])
    image = BytesIO()
    segno.make(attestation.adresse, error="m", micro=False, mask=MASQUE).save(image, kind="png", scale=4)
    pdf.image(image, w=28)
    for cle in ("preuve", "verifier", "adresse"):
        pdf.multi_cell(0, None, _latin(donnees[cle]), new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def _latin(texte: str) -> str:
    """All that a font of the standard set can say."""
    return texte.replace("’", "'").encode("latin-1", "replace").decode("latin-1")


def tables() -> Iterator[Tableau]:
    nombre = min(NOMBRE, tailles.ATTESTATIONS)
    attestations = make_attestations(nombre)
    print_attestation(attestations[0])
    with ThreadPoolExecutor(4) as demandes:
        debut = perf_counter()
        pages = [*demandes.map(print_attestation, attestations)]
        ours = perf_counter() - debut
    debut = perf_counter()
    for une in attestations:
        print_with_fpdf2(une)
    reference = perf_counter() - debut
    assert len(set(pages)) == nombre
    part = 1000 / nombre
    yield Tableau(
        titre=f"{nombre} attestations, PDF/A-2a and PDF/UA-1",
        reference="fpdf2, no tags, no font embedded",
        lignes=(
            Ligne(nom="one attestation", valeur=ours * part, reference=reference * part),
            Ligne(
                nom="5,000 at this pace",
                valeur=5 * ours * part,
                reference=5 * reference * part,
                unite="s",
                au_plus=60,
            ),
            Ligne(nom="weight of one", valeur=sum(map(len, pages)) / nombre / 1024, unite="KiB"),
        ),
    )
