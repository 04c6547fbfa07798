"""Number the agreed postes and make them the semestre's, by the same way as the ARS's own file."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from gradin.data.ouverture.models import ActeOuverture, EtatPropose, Ouverture, PostePropose
from gradin.data.postes.models import Poste
from gradin.operations.imports.anomalies import FichierRefuse
from gradin.operations.imports.demande import DemandeImport
from gradin.operations.imports.fichiers.tableau import Tableau
from gradin.operations.imports.import_postes import import_postes
from gradin.operations.imports.postes import COLONNES
from gradin.operations.ouverture.annonces import announce_publication
from gradin.operations.ouverture.refus import OuvertureRefusee
from gradin.operations.ouverture.trace import Geste, Trace, lock_ouverture
from gradin.operations.permissions_offre import can_open_postes
from gradin.operations.roster.verrous import CorrectionRefusee, check_salle
from gradin.queries.roster.lignes import ligne_poste

FEUILLE = "Ouverture des postes"
Numerotes = tuple[tuple[str, PostePropose], ...]


def next_numero(ouverture: int) -> int:
    """After the highest number of the semestre in the subdivision."""
    ici = Ouverture.objects.get(pk=ouverture)
    numeros = Poste.objects.filter(semestre=ici.semestre_id, subdivision=ici.subdivision_id)
    return 1 + max((int(n) for n in numeros.values_list("numero", flat=True) if _is_number(n)), default=0)


def number_accordes(ouverture: int, geste: Geste, premier: int) -> Numerotes:
    """The agreed postes of the agent's scope with their numbers, by DES, régime and service."""
    rows = PostePropose.objects.filter(ouverture=ouverture, etat=EtatPropose.ACCORDE)
    liees = rows.select_related(
        "ouverture__subdivision", "ouverture__semestre", "service__etablissement", "groupe", "des"
    ).order_by("des__code_des", "regime", "service__cle_tri", "pk")
    siens = [un for un in liees if can_open_postes(geste.visiteur, un.ouverture.subdivision_id, un.groupe_id)]
    return tuple((str(premier + rang), un) for rang, un in enumerate(siens))


@transaction.atomic
def publish_postes(pk: int, premier: int, geste: Geste) -> int:
    """All or nothing; how many. Raises OuvertureRefusee."""
    ouverture = lock_ouverture(pk)
    numerotes = number_accordes(pk, geste, premier)
    _check(ouverture, numerotes, premier)
    _import(ouverture, numerotes, geste)
    par_numero = {poste.numero: poste for poste in _named(ouverture, numerotes)}
    for numero, propose in numerotes:
        propose.etat, propose.poste = EtatPropose.PUBLIE, par_numero[numero]
    PostePropose.objects.bulk_update([propose for _, propose in numerotes], ["etat", "poste"])
    ActeOuverture.objects.bulk_create(
        geste.line(ouverture, Trace.PUBLIE, propose, avant="Accordé", apres=f"n° {numero}")
        for numero, propose in numerotes
    )
    announce_publication(ouverture, [propose for _, propose in numerotes], geste.maintenant)
    return len(numerotes)


def _check(ouverture: Ouverture, numerotes: Numerotes, premier: int) -> None:
    if not numerotes:
        raise OuvertureRefusee("Aucun poste accordé n’attend d’être publié.")
    if premier < 1:
        raise OuvertureRefusee("Le premier numéro est 1 au moins.", champ="premier")
    if numero := _named(ouverture, numerotes).order_by("pk").values_list("numero", flat=True).first():
        raise OuvertureRefusee(
            f"Le n° {numero} est déjà celui d’un poste. Commencez à {next_numero(ouverture.pk)}.",
            champ="premier",
        )


def _named(ouverture: Ouverture, numerotes: Numerotes) -> QuerySet[Poste]:
    """The semestre's postes that bear these numbers."""
    ici = Poste.objects.filter(semestre=ouverture.semestre_id, subdivision=ouverture.subdivision_id)
    return ici.filter(numero__in=[numero for numero, _ in numerotes])


def _import(ouverture: Ouverture, numerotes: Numerotes, geste: Geste) -> None:
    try:
        check_salle(len(numerotes))
        import_postes(
            DemandeImport(
                chemin=Path(FEUILLE),
                contenu=_table(numerotes),
                semestre=ouverture.semestre.code,
                subdivision=ouverture.subdivision.code,
                portees=geste.visiteur.portees,
            )
        )
    except CorrectionRefusee as refus:
        raise OuvertureRefusee(refus.message) from refus
    except FichierRefuse as refus:
        premiere = refus.anomalies[0].message
        raise OuvertureRefusee(premiere[:1].upper() + premiere[1:]) from refus


def _table(numerotes: Numerotes) -> Tableau:
    entetes = tuple(colonne.entete for colonne in COLONNES)
    lignes = (ligne_poste(_as_poste(numero, propose)) for numero, propose in numerotes)
    corps = (tuple(ligne[colonne.champ] for colonne in COLONNES) for ligne in lignes)
    return Tableau(feuille=FEUILLE, lignes=(entetes, *corps))


def _as_poste(numero: str, propose: PostePropose) -> Poste:
    """Never saved: only read as a line of the file."""
    return Poste(
        semestre=propose.ouverture.semestre,
        subdivision=propose.ouverture.subdivision,
        numero=numero,
        service=propose.service,
        groupe=propose.groupe,
        des=propose.des,
        regime=propose.regime,
        type_poste=propose.type_poste,
        reserve=propose.reserve,
        flechage=propose.flechage,
        observations=propose.observations,
        allocation=propose.allocation,
        motif_agrement=propose.motif,
    )


def _is_number(numero: str) -> bool:
    return numero.isascii() and numero.isdigit()
