"""What is mine in an amphi: my number, my tour, what I may not choose, my favourites. For its owner alone."""

from typing import Any

from gradin.data.amphis.models import Affectation, Amphi, Place
from gradin.domain.amphi.lecture import can_ask_back
from gradin.domain.amphi.places import avertissements_pour, ouverts_a
from gradin.domain.amphi.state import Etat
from gradin.domain.kernel import AVERTISSEMENTS, PHRASES, Motif
from gradin.queries.etats import lire_etat
from gradin.queries.favoris import own_favoris

Json = dict[str, Any]
# What the page reads in the snapshot: a poste that is free or taken is not news about me.
LU_AILLEURS = frozenset({Motif.POSTE_RETIRE, Motif.HORS_OFFRE, Motif.DEJA_AFFECTE})


def read_mien(amphi: Amphi, place_pk: int) -> Json:
    """`place_pk`: my own place in this amphi."""
    place = Place.objects.select_related("inscription__interne").get(pk=place_pk)
    seq, etat = lire_etat(amphi.pk)
    numero = place.numero
    corps: Json = {
        "amphi": amphi.pk,
        "seq": seq,
        "interne": numero,
        "rang": place.rang,
        "nom": str(place.inscription.interne),
        "type_choix": place.inscription.type_choix,
        "liste_armee": place.inscription.liste_armee,
        "statut": place.statut if seq == 0 else None,
        "tour": None,
        "fin": None,
        "poste": None,
        "interdits": [],
        "avertissements": [],
        "favoris": read_favoris(place.inscription_id, amphi.pk),
        "procuration": None,
    }
    if numero is not None and numero in etat.lignes:
        corps |= _live(amphi, place, etat, numero)
    return corps


def _live(amphi: Amphi, place: Place, etat: Etat, numero: int) -> Json:
    ligne = etat.lignes[numero]
    tour = etat.tour if etat.tour is not None and etat.tour.interne == numero else None
    choix = etat.choix.get(numero)
    return {
        "rang": ligne.rang,
        "type_choix": str(ligne.prive.type_choix),
        "statut": str(etat.statuts[numero]),
        "tour": tour.tour if tour else None,
        "fin": tour.fin if tour else None,
        "suspendu": tour.suspendu if tour else None,
        "cause_passe": str(etat.causes[numero]) if numero in etat.causes else None,
        "retour_possible": can_ask_back(etat, numero),
        "poste": choix.poste if choix else None,
        "procuration": _procuration(etat, numero),
        "interdits": _interdits(etat, numero, _affecte_ailleurs(amphi, place)),
        "avertissements": _avertissements(etat, numero),
    }


def _procuration(etat: Etat, numero: int) -> Json | None:
    """Whether somebody chooses in his place; who, only the profile says."""
    procuration = etat.procurations.get(numero)
    return None if procuration is None else {"acceptee": procuration.acceptee}


def _interdits(etat: Etat, numero: int, ailleurs: bool) -> list[Json]:
    """`poste_pourvu` is left to the snapshot for a classique; for a surnombre occupancy is another rule."""
    classique = str(etat.lignes[numero].prive.type_choix) == "classique"
    tus = LU_AILLEURS | {Motif.POSTE_POURVU} if classique else LU_AILLEURS
    return [
        {"poste": poste, "motif": str(motif), "message": PHRASES[motif]}
        for poste, motif in ouverts_a(etat, numero, affecte_ailleurs=ailleurs).items()
        if motif is not None and motif not in tus
    ]


def _avertissements(etat: Etat, numero: int) -> list[Json]:
    return [
        {"poste": poste, "motif": str(motif), "message": AVERTISSEMENTS[motif]}
        for poste, motifs in avertissements_pour(etat, numero, etat.postes).items()
        for motif in motifs
    ]


def _affecte_ailleurs(amphi: Amphi, place: Place) -> bool:
    return (
        Affectation.objects.filter(
            interne=place.inscription.interne_id, semestre=amphi.semestre_id, annulee=False
        )
        .exclude(amphi=amphi.pk)
        .exists()
    )


def read_favoris(inscription: int, amphi: int) -> list[Json]:
    """In the owner's order: a poste (numéro) or a whole service (IMOTEP)."""
    return [
        {"poste": souhait.poste} if souhait.poste is not None else {"service": souhait.service}
        for souhait in own_favoris(inscription, amphi)
    ]


def favoris_of_place(place: int) -> list[Json]:
    return read_favoris(*Place.objects.values_list("inscription", "amphi").get(pk=place))
