"""The file of a candidate: two PDF of five megabytes at most, judged by their first bytes, private."""

from django.db import transaction

from gradin.data.appariement.models import Candidature, NaturePiece, PieceCandidature
from gradin.operations.appariement.refus import AppariementRefuse

OCTETS = 5 * 1024 * 1024
NATURES = tuple((str(une.value), str(une.label)) for une in NaturePiece)


@transaction.atomic
def put_piece(candidature: int, nature: str, nom: str, contenu: bytes, maintenant: int) -> None:
    """Replaces the one there was. Raises AppariementRefuse."""
    if nature not in NaturePiece.values:
        raise AppariementRefuse("Choisissez le contrat de formation ou le CV.")
    if not contenu:
        raise AppariementRefuse("Ce fichier est vide. Choisissez-en un autre.")
    if len(contenu) > OCTETS:
        raise AppariementRefuse(
            f"Ce fichier est trop grand\u00a0: {OCTETS // 1024**2} Mo au plus. Allégez-le."
        )
    if not contenu.startswith(b"%PDF-") or b"%%EOF" not in contenu[-2048:]:
        raise AppariementRefuse("Ce fichier n’est pas un PDF entier. Enregistrez-le de nouveau en PDF.")
    Candidature.objects.select_for_update(of=("self",), no_key=True).get(pk=candidature)
    PieceCandidature.objects.filter(candidature=candidature, nature=nature).delete()
    PieceCandidature.objects.create(
        candidature_id=candidature,
        nature=nature,
        nom=_name(nom),
        taille=len(contenu),
        contenu=contenu,
        created_at=maintenant,
    )


def remove_piece(candidature: int, nature: str) -> bool:
    return bool(PieceCandidature.objects.filter(candidature=candidature, nature=nature).delete()[0])


def _name(nom: str) -> str:
    """What it was called, without any path; ends as what it is."""
    propre = " ".join(nom.replace("\\", "/").rpartition("/")[2].split())
    propre = "".join(signe for signe in propre if signe.isprintable() and signe not in '"<>')
    return f"{propre.removesuffix('.pdf').removesuffix('.PDF')[-140:] or 'document'}.pdf"
