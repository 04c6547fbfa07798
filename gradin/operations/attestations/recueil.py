"""All the attestations of a subdivision in one ZIP: asked for, made outside the requests, kept some days."""

import re
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from zipfile import ZipFile

from django.conf import settings
from django.db import transaction

from gradin.data.attestations.models import EtatRecueil, Recueil
from gradin.documents.attestation import print_attestation
from gradin.documents.imprimerie import ENFANTS
from gradin.operations.attestations.delivrance import Codes, Page, hash_of, issue_pages, record_exemplaires
from gradin.operations.sceaux import attestation_sceau
from gradin.queries.recueils import is_being_made, list_choices, list_recueils
from gradin.queries.visiteurs import Visiteur, visiteur_of

# Two short writes each: a choice made meanwhile waits a few milliseconds at most.
LOT = 50
# What a file system of anybody's computer refuses in a name.
INTERDITS = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


@transaction.atomic
def begin_recueil(
    agent: Visiteur, semestre: int, subdivision: int, maintenant: int
) -> tuple[int, bool] | None:
    """Which one, and whether it is new: asked twice, it is made once. None when there is nothing to print."""
    siens = list_recueils(agent).filter(auteur=agent.compte, semestre=semestre, subdivision=subdivision)
    dernier = siens.first()
    if dernier is not None and is_being_made(dernier, maintenant):
        return dernier.pk, False
    total = len(list_choices(agent, semestre, subdivision))
    if not total or agent.compte is None:
        return None
    recueil = Recueil.objects.create(
        auteur_id=agent.compte,
        semestre_id=semestre,
        subdivision_id=subdivision,
        total=total,
        created_at=maintenant,
    )
    return recueil.pk, True


def print_recueil(pk: int, code: Codes, maintenant: int) -> None:
    """Slow (8 ms a page): in the workshop, by its own press. The file appears whole, or not at all."""
    recueil = Recueil.objects.select_related("auteur").get(pk=pk)
    choix = list_choices(visiteur_of(recueil.auteur), recueil.semestre_id, recueil.subdivision_id)
    chemin = path_of(pk)
    chemin.parent.mkdir(mode=0o700, exist_ok=True)
    provisoire = chemin.with_suffix(".part")
    with ZipFile(provisoire, "w") as archive:
        for debut in range(0, len(choix), LOT):
            pages = issue_pages(choix[debut : debut + LOT], code, maintenant)
            _print(archive, [page for _, page in sorted(pages.items())])
            Recueil.objects.filter(pk=pk).update(faites=debut + len(pages))
    provisoire.chmod(0o600)
    provisoire.rename(chemin)
    Recueil.objects.filter(pk=pk).update(etat=EtatRecueil.PRET)


def stop_recueil(pk: int) -> None:
    """Its child failed or died: said, never left waiting."""
    Recueil.objects.filter(pk=pk, etat=EtatRecueil.ENCOURS).update(etat=EtatRecueil.ARRETE)


def path_of(pk: int) -> Path:
    dossier: Path = settings.GRADIN_DATA / "recueils"
    return dossier / f"{pk}.zip"


def sweep_recueils() -> None:
    """A file goes with its row; one half made belongs to a child that died."""
    gardes = {str(pk) for pk in Recueil.objects.values_list("pk", flat=True)}
    for fichier in path_of(0).parent.glob("*"):
        if fichier.stem not in gardes:
            fichier.unlink(missing_ok=True)


def _print(archive: ZipFile, pages: Collection[Page]) -> None:
    sceau = attestation_sceau()
    with ThreadPoolExecutor(ENFANTS) as fils:
        pdfs = [*fils.map(lambda page: print_attestation(page[1], sceau), pages)]
    for (_, document), pdf in zip(pages, pdfs, strict=True):
        archive.writestr(_name(document.fiche.etablissement, document.nom, document.fiche.numero), pdf)
    record_exemplaires((delivree.pk, hash_of(pdf)) for (delivree, _), pdf in zip(pages, pdfs, strict=True))


def _name(etablissement: str, nom: str, numero: str) -> str:
    """The number tells two homonyms apart."""
    dossier, fichier = (
        INTERDITS.sub(" ", mot).strip(" .") for mot in (etablissement, f"{nom}, poste {numero}")
    )
    return f"{dossier}/{fichier}.pdf"
