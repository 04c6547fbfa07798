"""Parcours, maquettes and situations of the demonstration: enough of each to look at, drawn from the seed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from gradin.data.internes.models import Inscription
from gradin.data.parcours.models import (
    AgrementParcours,
    CampagneSituation,
    EtatParcours,
    LigneParcours,
    NatureSituation,
    RangInitial,
    SituationParcours,
    SituationSemestrielle,
    SourceParcours,
    VersionMaquette,
)
from gradin.data.postes.models import Poste
from gradin.data.referentiel.models import Semestre, Specialite, Subdivision
from gradin.domain.maquettes.ecriture import read_maquette, write_maquette
from gradin.domain.parcours.anciennete import semestres_since
from gradin.queries.demonstration import A_INSCRIRE
from gradin.queries.parcours.terrains import is_ambulatoire

# The groupe that chooses live, the largest one, those that choose next.
GROUPES = ("3", "1", "8", "6", "7", "5")
PAR_GROUPE = 165
# What a faculty might have written for the DES of the people in the banner.
ECRITES = ("OPH", "URO")
CHIRURGIES = ("CMF", "COT", "CVA", "CVD", "NCU", "OPH", "ORL", "URO")
REPONDENT = 0.72
SOUHAITS = ("Un stage hors du CHU avant la fin de la phase.", "Je n’ai pas encore fait d’urgences.", "", "")


@transaction.atomic
def write_parcours(semestre: str, subdivision: str, graine: int, maintenant: datetime) -> int:
    """Gives back how many semesters were written."""
    if LigneParcours.objects.exists():
        return 0
    _write_maquettes(maintenant)
    inscriptions = _inscriptions(semestre, subdivision)
    lignes = [*_lines(inscriptions, semestre, graine, maintenant)]
    LigneParcours.objects.bulk_create(lignes, batch_size=500)
    _write_ranks(inscriptions, graine)
    _write_situations(semestre, subdivision, graine, maintenant)
    return len(lignes)


def _write_maquettes(maintenant: datetime) -> None:
    for des in Specialite.objects.filter(code_des__in=ECRITES):
        maquette = read_maquette(
            {
                "des": des.code_des,
                "version": 1,
                "phases": {"socle": 2, "approfondissement": 6, "consolidation": 4},
                "exigences": [
                    {"intitule": "Dans le DES", "nombre": 8, "des": [des.code_des]},
                    {
                        "intitule": "Dans le DES, encadrement universitaire",
                        "nombre": 5,
                        "des": [des.code_des],
                        "universitaire": True,
                    },
                    {"intitule": "Sans encadrement universitaire", "nombre": 3, "universitaire": False},
                    {
                        "intitule": "Dans une autre chirurgie",
                        "nombre": 1,
                        "des": [code for code in CHIRURGIES if code != des.code_des],
                    },
                    {"intitule": "Stage libre", "nombre": 1, "libre": True},
                ],
            }
        )
        VersionMaquette.objects.create(
            des=des,
            version=1,
            contenu=write_maquette(maquette),
            motif="Exemple de démonstration",
            created_at=maintenant,
        )


def _inscriptions(semestre: str, subdivision: str) -> list[Inscription]:
    toutes = Inscription.objects.filter(semestre__code=semestre, subdivision__code=subdivision)
    liees = toutes.select_related("interne", "des", "groupe").exclude(phase="ancien-regime").order_by("pk")
    # Who is to sign up finds as much there as the others.
    siennes = [une for groupe in GROUPES for une in liees.filter(groupe__code=groupe)[:PAR_GROUPE]]
    return [*siennes, *liees.filter(interne__courriel=A_INSCRIRE)]


def _lines(
    inscriptions: list[Inscription], semestre: str, graine: int, maintenant: datetime
) -> Iterator[LigneParcours]:
    """As many validated semesters as was imported, but for one in a dozen: the ARS has something to see."""
    terrains: dict[int, list[Poste]] = defaultdict(list)
    postes = Poste.objects.filter(semestre__code=semestre).select_related("service", "des")
    for poste in postes.order_by("numero"):
        terrains[poste.des_id].append(poste)
        terrains[0].append(poste)
    semestres = {un.code: un for un in Semestre.objects.all()}
    for une in inscriptions:
        codes = semestres_since(une.promotion, semestre)
        absents = max(0, len(codes) - une.semestres_valides - une.surnombres_non_validants)
        oublie = _draw(graine, une.interne.ine, "oubli") < 1 / 12
        for rang, code in enumerate(codes[1:] if oublie else codes):
            if code not in semestres:
                semestres[code] = Semestre.objects.create(code=code)
            hors = rang in range(1, 1 + absents)
            surnombre = rang in range(1 + absents, 1 + absents + une.surnombres_non_validants)
            ligne = _line(une, semestres[code], rang, hors, code == codes[-1], terrains, graine, maintenant)
            if surnombre:
                ligne.situation = SituationParcours.SURNOMBRE_NON_VALIDANT
            yield ligne


def _line(
    une: Inscription,
    semestre: Semestre,
    rang: int,
    hors: bool,
    courant: bool,
    terrains: dict[int, list[Poste]],
    graine: int,
    maintenant: datetime,
) -> LigneParcours:
    ligne = LigneParcours(
        interne=une.interne,
        semestre=semestre,
        etat=EtatParcours.PRESUME if courant else EtatParcours.VALIDE,
        source=SourceParcours.IMPORT,
        phase="socle" if rang < 2 else "approfondissement",
        validated_at=None if courant else maintenant,
        updated_at=maintenant,
    )
    if hors:
        recherche = rang <= une.semestres_recherche
        ligne.situation = (
            SituationParcours.ANNEE_RECHERCHE if recherche else SituationParcours.DISPONIBILITE_CONVENANCES
        )
        return ligne
    tirage = _draw(graine, une.interne.ine, semestre.code)
    choix = terrains[une.des_id if tirage < 0.8 and terrains[une.des_id] else 0]
    poste = choix[int(_draw(graine, une.interne.ine, semestre.code, "poste") * len(choix))]
    ligne.situation = SituationParcours.STAGE
    ligne.service, ligne.des, ligne.details = poste.service, poste.des, poste.flechage
    ligne.ambulatoire = is_ambulatoire(poste.type_poste)
    sien = poste.des_id == une.des_id
    ligne.agrement = AgrementParcours.PRINCIPAL if sien else AgrementParcours.COMPLEMENTAIRE
    return ligne


def _write_ranks(inscriptions: list[Inscription], graine: int) -> None:
    """Promotions of the first groupe, in the order of their rangs locaux; one place was imported wrong."""
    promotions: dict[tuple[int, int, int], dict[int, Inscription]] = defaultdict(dict)
    for une in inscriptions:
        if une.groupe.code == GROUPES[0] and une.rang_local:
            promotions[une.subdivision_id, une.groupe_id, une.promotion][une.rang_local] = une
    RangInitial.objects.bulk_create(
        RangInitial(
            subdivision_id=subdivision,
            groupe_id=groupe,
            promotion=promotion,
            rang_national=40 + 97 * rang + int(90 * _draw(graine, str(promotion), str(rang))),
            interne=siens[rang].interne if rang in siens else None,
        )
        for (subdivision, groupe, promotion), siens in promotions.items()
        for rang in range(1, max(une.effectif_local or 0 for une in siens.values()) + 1)
    )


def _write_situations(semestre: str, subdivision: str, graine: int, maintenant: datetime) -> None:
    """Open for five days more; most have answered, and the mails already left."""
    CampagneSituation.objects.create(
        semestre=Semestre.objects.get(code=semestre),
        subdivision=Subdivision.objects.get(code=subdivision),
        ouvre_at=maintenant - timedelta(days=9),
        verrou_at=maintenant + timedelta(days=5),
        rappels=[7, 2],
        envoyes=[-1, 7],
    )
    natures = [n.value for n in NatureSituation if n != NatureSituation.CAS_GENERAL]
    reponses = []
    for une in Inscription.objects.filter(
        semestre__code=semestre, subdivision__code=subdivision, interne__compte__isnull=False
    ).select_related("interne"):
        tirage = _draw(graine, une.interne.ine, "situation")
        if tirage > REPONDENT:
            continue
        autre = tirage < REPONDENT * 0.06
        reponses.append(
            SituationSemestrielle(
                inscription=une,
                nature=natures[int(tirage * 1_000) % len(natures)] if autre else NatureSituation.CAS_GENERAL,
                souhaits=SOUHAITS[int(tirage * 10_000) % len(SOUHAITS)] if autre else "",
                declared_at=maintenant - timedelta(hours=1 + int(tirage * 200)),
            )
        )
    SituationSemestrielle.objects.bulk_create(reponses, batch_size=500)


def _draw(graine: int, *noms: str) -> float:
    octets = hashlib.sha256("/".join((str(graine), *noms)).encode()).digest()
    return int.from_bytes(octets[:4], "big") / 2**32
