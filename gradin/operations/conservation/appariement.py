"""What is kept of a matching: files of candidates, marks and ranks, reasons, links."""

from gradin.data.appariement.models import (
    CalculAppariement,
    Candidature,
    DepotAppariement,
    LienResponsable,
    NoteSite,
    PieceCandidature,
    RangCandidat,
    ResultatCandidat,
)
from gradin.operations.conservation.regle import Regle, ms, semestres_begun_before

REGLES: tuple[Regle, ...] = (
    Regle(
        nom="pieces_candidature",
        libelle="Dossiers des docteurs juniors (contrat de formation, CV)",
        pourquoi="Vous faire connaître des sites que vous demandez",
        depart="le début du semestre choisi",
        perimes=lambda avant: PieceCandidature.objects.filter(
            candidature__campagne__semestre__in=semestres_begun_before(avant)
        ),
    ),
    Regle(
        nom="presentations_candidature",
        libelle="Présentation écrite par les docteurs juniors",
        pourquoi="Vous faire connaître des sites que vous demandez",
        depart="le début du semestre choisi",
        perimes=lambda avant: Candidature.objects.filter(
            campagne__semestre__in=semestres_begun_before(avant)
        ).exclude(presentation=""),
        vides={"presentation": ""},
    ),
    Regle(
        nom="notes_appariement",
        libelle="Notes données aux sites (appariement)",
        pourquoi="Calculer le résultat, le recalculer en cas de recours",
        depart="le début du semestre choisi",
        perimes=lambda avant: NoteSite.objects.filter(
            tour__campagne__semestre__in=semestres_begun_before(avant)
        ),
    ),
    Regle(
        nom="rangs_appariement",
        libelle="Classements des candidats par les sites (appariement)",
        pourquoi="Calculer le résultat, le recalculer en cas de recours",
        depart="le début du semestre choisi",
        perimes=lambda avant: RangCandidat.objects.filter(
            tour__campagne__semestre__in=semestres_begun_before(avant)
        ),
    ),
    Regle(
        nom="explications_appariement",
        libelle="Raison de chaque vœu, avec la note donnée (appariement)",
        pourquoi="Vous dire pourquoi vous avez obtenu ce site, et non un autre",
        depart="le début du semestre choisi",
        perimes=lambda avant: ResultatCandidat.objects.filter(
            tour__campagne__semestre__in=semestres_begun_before(avant)
        ).exclude(explications=[]),
        vides={"explications": []},
    ),
    Regle(
        nom="fichiers_appariement",
        libelle="Fichiers des appariements, sous des codes\u202f; leur empreinte reste",
        pourquoi="Recalculer le résultat en cas de recours",
        depart="le début du semestre choisi",
        perimes=lambda avant: CalculAppariement.objects.filter(
            tour__campagne__semestre__in=semestres_begun_before(avant)
        ).exclude(fichier=""),
        vides={"fichier": ""},
    ),
    Regle(
        nom="liens_appariement",
        libelle="Liens envoyés aux responsables de terrain de stage (appariement)",
        pourquoi="Classer sans compte",
        depart="leur expiration",
        perimes=lambda avant: LienResponsable.objects.filter(expires_at__lt=ms(avant)),
    ),
    Regle(
        nom="imports_appariement",
        libelle="Fichiers des sites et des candidats d’un appariement",
        pourquoi="Relire un import, l’annuler tant que rien n’en dépend",
        depart="le dépôt du fichier",
        perimes=lambda avant: DepotAppariement.objects.filter(created_at__lt=ms(avant)),
    ),
)
