"""The files of a commission: documents saved and never opened inside the site, minutes from the press."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse

from gradin.documents.commission import CompteRendu, print_compte_rendu
from gradin.operations.sceaux import region_sceau
from gradin.queries.commissions.postes import PosteDecide
from gradin.queries.commissions.seances import CommissionLue, DocumentServi
from gradin.queries.reports import say_moment

PRESENCES = {True: "Présent", False: "Absent", None: "Non dite"}


def serve_document(un: DocumentServi | None) -> HttpResponse:
    if un is None:
        raise Http404
    propre = "".join(s if s.isascii() and (s.isalnum() or s in "-_.") else "-" for s in un.nom)
    reponse = HttpResponse(un.contenu, content_type=un.nature)
    reponse["Content-Disposition"] = f'attachment; filename="{propre}"'
    reponse["X-Content-Type-Options"] = "nosniff"
    return reponse


def serve_compte_rendu(lue: CommissionLue, maintenant: int) -> HttpResponse:
    pdf = print_compte_rendu(_rendu(lue, maintenant), region_sceau())
    reponse = HttpResponse(pdf, content_type="application/pdf")
    reponse["Content-Disposition"] = f'attachment; filename="commission-{lue.pk}.pdf"'
    return reponse


def _rendu(lue: CommissionLue, maintenant: int) -> CompteRendu:
    debut = datetime.fromtimestamp(lue.debut / 1000, UTC)
    dite = say_moment(debut, lue.fuseau)
    jour = datetime.fromtimestamp((lue.closed_at or maintenant) / 1000, UTC).astimezone(ZoneInfo(lue.fuseau))
    return CompteRendu(
        emetteur=f"Agence régionale de santé, {lue.lieu_subdivision}",
        titre=lue.intitule,
        sous_titre=dite[0].upper() + dite[1:],
        resume=(
            ("Commission", lue.genre_dit),
            ("Semestre", lue.libelle),
            ("Lieu", lue.lieu or ("En visioconférence" if lue.visio else "")),
            ("Présidence", lue.president),
        ),
        membres=tuple((un.nom, un.qualite, PRESENCES[un.present]) for un in lue.membres),
        points=tuple((un.titre, un.texte, un.sens_dit, un.decision) for un in lue.points),
        agrements=tuple((un.service, un.demande, un.decision) for un in lue.agrements),
        ouverts=tuple(_poste(un) for un in lue.postes.ouverts),
        refuses=tuple(_poste(un) for un in lue.postes.refuses),
        observations=lue.observations,
        arrete=lue.closed_at is not None,
        date=jour.date(),
    )


def _poste(un: PosteDecide) -> tuple[str, str, str]:
    quoi = ", ".join(mot for mot in (un.des, un.regime, un.precision) if mot)
    return un.service, quoi, un.decision
