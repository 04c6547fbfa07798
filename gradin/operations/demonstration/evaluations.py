"""Evaluations for the demonstration: two semesters read, one open; a service of seven, one of three."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from gradin.data.amphis.models import Affectation
from gradin.data.evaluations.models import (
    CampagneEvaluation,
    Commentaire,
    EtatCommentaire,
    Participation,
    Questionnaire,
    ReponseAnonyme,
)
from gradin.data.internes.models import Inscription
from gradin.data.parcours.models import LigneParcours
from gradin.data.postes.models import EtatPoste, Poste
from gradin.data.referentiel.models import Semestre, Service, Subdivision
from gradin.data.services.models import CritereStage, NatureCritere, ValeurCritere
from gradin.domain.evaluations.questionnaire import (
    GenreQuestion,
    Question,
    read_questions,
    write_questions,
)
from gradin.queries.demonstration import OFFERTS

QUESTIONS = (
    *(
        Question(intitule=intitule, genre=GenreQuestion.ECHELLE)
        for intitule in ("Encadrement au quotidien", "Formation reçue", "Ambiance de l’équipe")
    ),
    Question(intitule="Repos de sécurité toujours respecté", genre=GenreQuestion.OUI_NON),
    Question(
        intitule="Gardes et astreintes par mois",
        genre=GenreQuestion.CHOIX,
        choix=("Aucune", "1 à 3", "4 à 6", "7 et plus"),
    ),
    Question(intitule="Logement proposé", genre=GenreQuestion.OUI_NON, facultative=True),
    Question(intitule="Ce qu’il faut savoir avant de choisir ce stage", genre=GenreQuestion.TEXTE),
)
TEXTES = (
    "Très bon encadrement au bloc, staff de bibliographie chaque semaine.",
    "Beaucoup de travail, mais on y apprend vite. Le self ferme à 13\u00a0h\u00a030.",
    "Planning donné tard. Le reste de l’équipe est à l’écoute.",
    "Consultations en autonomie dès le deuxième mois, un senior toujours joignable.",
    "Peu de temps pour la formation le vendredi. Les chefs sont disponibles.",
    "Logement à dix minutes à pied, à demander dès l’affectation.",
)
LUS = 3
# Semesters before the one that is chosen: answers of the first service; the second has three, hidden.
PASSES = ((-3, 6), (-2, 7))
CACHEES = 3
OUVERTE = -1
STAGES, REPONDENT = 60, 0.4
CRITERES = (
    ("Logement", NatureCritere.OUI_NON, ""),
    ("Trajet depuis la gare", NatureCritere.NOMBRE, "min"),
    ("Restauration de nuit", NatureCritere.CHOIX, ""),
)
REPAS = ("Self ouvert", "Plateau", "Rien")


@transaction.atomic
def write_evaluations(semestre: str, subdivision: str, imotep: str, graine: int, maintenant: datetime) -> int:
    """`imotep`: the service that has answers to read, the first by its IMOTEP when empty."""
    if CampagneEvaluation.objects.exists():
        return 0
    questionnaire = Questionnaire.objects.create(
        version=1, contenu=write_questions(QUESTIONS), created_at=maintenant
    )
    lieu = Subdivision.objects.get(code=subdivision)
    services = [*_services(semestre, imotep)]
    recues = 0
    for ecart, combien in PASSES:
        campagne = _campagne(semestre, lieu, ecart, maintenant, fermee=True)
        for service, nombre in zip(
            services, (combien, CACHEES if ecart == PASSES[-1][0] else 0), strict=False
        ):
            _answer(campagne, service, questionnaire, nombre, graine)
            recues += nombre
    _open(_campagne(semestre, lieu, OUVERTE, maintenant, fermee=False), graine)
    _write_criteres(semestre, graine)
    return recues


def _services(semestre: str, imotep: str) -> Iterator[Service]:
    """The one asked for, then the next of the offer."""
    rows = Service.objects.filter(postes__semestre__code=semestre).distinct().order_by("imotep")
    premier = rows.filter(imotep=imotep).first() or rows.first()
    if premier is not None:
        yield premier
        yield from rows.exclude(pk=premier.pk)[:1]


def _campagne(
    semestre: str, lieu: Subdivision, ecart: int, maintenant: datetime, *, fermee: bool
) -> CampagneEvaluation:
    jour = maintenant + (timedelta(days=183 * ecart) if fermee else timedelta(days=9))
    ferme = jour.replace(hour=16, minute=0, second=0, microsecond=0)
    return CampagneEvaluation.objects.create(
        semestre=Semestre.objects.get_or_create(code=_shift(semestre, ecart))[0],
        subdivision=lieu,
        ouvre_at=ferme - timedelta(days=21),
        ferme_at=ferme,
        rappels=[7, 2],
        envoyes=[-1, 2, 7] if fermee else [-1],
    )


def _shift(semestre: str, ecart: int) -> str:
    """`2027-05`, −1: `2026-11`."""
    annee, mois = semestre.split("-")
    rang = 2 * int(annee) + (mois == "11") + ecart
    return f"{rang // 2}-{'11' if rang % 2 else '05'}"


def _answer(
    campagne: CampagneEvaluation, service: Service, questionnaire: Questionnaire, nombre: int, graine: int
) -> None:
    questions = read_questions(questionnaire.contenu)
    ici = {
        "campagne": campagne,
        "questionnaire": questionnaire,
        "service": service,
        "imotep": service.imotep,
    }
    for rang in range(nombre):
        noms = (campagne.semestre.code, service.imotep, str(rang))
        reponses = {
            une.cle: une.valeurs[
                min(len(une.valeurs) - 1, int(_draw(graine, *noms, une.cle) ** 0.7 * len(une.valeurs)))
            ]
            for une in questions
            if une.valeurs
        }
        ReponseAnonyme.objects.create(**ici, pk=_key(graine, *noms), reponses=reponses)
        if rang < LUS and nombre > CACHEES:
            Commentaire.objects.create(
                **ici,
                pk=_key(graine, *noms, "texte"),
                question=QUESTIONS[-1].intitule,
                texte=TEXTES[rang + (0 if nombre > PASSES[0][1] else LUS)],
                etat=EtatCommentaire.PUBLIE if rang else EtatCommentaire.EN_ATTENTE,
            )


def _open(campagne: CampagneEvaluation, graine: int) -> None:
    """The stages that the parcours know of the semester that ends: the people of the banner first."""
    lignes = LigneParcours.objects.filter(semestre=campagne.semestre).exclude(service=None).exclude(des=None)
    offerts = [un.courriel for un in OFFERTS]
    connues = lignes.exclude(interne__compte=None).select_related("interne__compte", "service", "des")
    siennes = [
        *connues.filter(interne__compte__email__in=offerts),
        *connues.exclude(interne__compte__email__in=offerts).order_by("pk")[:STAGES],
    ]
    groupes = dict(
        Inscription.objects.filter(
            interne__in=[ligne.interne_id for ligne in siennes], subdivision=campagne.subdivision
        )
        .order_by("semestre__code")
        .values_list("interne", "groupe")
    )
    for numero, ligne in enumerate(siennes, start=1):
        if ligne.interne_id not in groupes or ligne.service is None or ligne.des is None:
            continue
        poste = Poste.objects.create(
            semestre=campagne.semestre,
            subdivision=campagne.subdivision,
            numero=str(numero),
            service=ligne.service,
            groupe_id=groupes[ligne.interne_id],
            des=ligne.des,
            regime=ligne.phase or "approfondissement",
            etat=EtatPoste.POURVU,
            cle_tri=ligne.service.cle_tri,
        )
        stage = Affectation.objects.create(
            interne=ligne.interne,
            semestre=campagne.semestre,
            poste=poste,
            type_choix="classique",
            n=None,
            chosen_at=round(campagne.ouvre_at.timestamp() * 1000),
        )
        ligne.affectation = stage
        ligne.save(update_fields=["affectation"])
        offert = ligne.interne.compte is not None and ligne.interne.compte.email in offerts
        if not offert and _draw(graine, ligne.interne.ine, "evalue") < REPONDENT:
            Participation.objects.create(
                pk=_key(graine, ligne.interne.ine), campagne=campagne, affectation=stage
            )


def _write_criteres(semestre: str, graine: int) -> None:
    criteres = [
        CritereStage.objects.create(nom=nom, nature=nature, unite=unite, ordre=rang)
        for rang, (nom, nature, unite) in enumerate(CRITERES)
    ]
    services = Service.objects.filter(postes__semestre__code=semestre).distinct().order_by("pk")
    ValeurCritere.objects.bulk_create(
        (
            ValeurCritere(critere=critere, service=service, valeur=_value(critere, service, graine))
            for service in services
            for critere in criteres
        ),
        batch_size=500,
    )


def _value(critere: CritereStage, service: Service, graine: int) -> str:
    tirage = _draw(graine, service.imotep, critere.nom)
    match NatureCritere(critere.nature):
        case NatureCritere.OUI_NON:
            return "Oui" if tirage < 0.4 else "Non"
        case NatureCritere.NOMBRE:
            return str(5 * (1 + int(tirage * 12)))
        case NatureCritere.CHOIX:
            return REPAS[int(tirage * len(REPAS))]


def _key(graine: int, *noms: str) -> int:
    return 1 + int(_draw(graine, *noms, "cle") * 2**32)


def _draw(graine: int, *noms: str) -> float:
    octets = hashlib.sha256("/".join((str(graine), *noms)).encode()).digest()
    return int.from_bytes(octets[:4], "big") / 2**32
