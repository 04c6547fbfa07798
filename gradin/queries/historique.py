"""What happened to an interne's page, demands and procurations: one timeline, for the ARS and for himself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q

from gradin.data.comptes.models import Compte
from gradin.data.demandes.models import Mouvement
from gradin.data.profils.models import Changement
from gradin.queries.individuelles.lecture import ETAPES
from gradin.queries.visiteurs import ARS

MAXIMUM = 200
CHAMPS = {
    "nom": "Nom",
    "prenom": "Prénom",
    "ne_le": "Date de naissance",
    "courriel": "Courriel",
    "ine": "INE",
    "telephone": "Téléphone",
    "adresse": "Adresse",
    "ufr": "UFR",
    "question_secrete": "Question secrète",
    "compte": "Compte ouvert",
    "invitation": "Lien d’inscription envoyé",
    "sessions": "Sessions fermées par l’ARS",
    "connexion": "Connexion",
    "verification_reponse": "Réponse secrète vérifiée au téléphone",
    "verification_code": "Code d’aide vérifié au téléphone",
}
STATUT = {
    "demande": "Changement de statut demandé",
    "retrait": "Demande de statut retirée",
    "justificatifs": "Justificatifs reçus",
    "acceptation": "Changement de statut accepté",
    "refus": "Changement de statut refusé",
}
HORS_CHOIX = {"attribution": "Poste attribué avant le choix", "annulation": "Attribution annulée"}
PROCURATION = {
    "envoi": "Procuration envoyée",
    "envoi_papier": "Procuration enregistrée sur papier",
    "renvoi": "Invitation du mandataire renvoyée",
    "acceptation": "Procuration acceptée",
    "acceptation_presence": "Procuration acceptée devant l’ARS",
    "annulee": "Procuration annulée",
    "declinee": "Procuration déclinée par le mandataire",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneHistorique:
    """`quoi` went from `avant` to `apres`, either of them empty when there is nothing to say."""

    at: datetime
    quoi: str
    avant: str
    apres: str
    auteur: str


def historique_of(interne: int) -> tuple[LigneHistorique, ...]:
    """For the ARS, the latest first: agents by name."""
    return _merged(_changements(interne), _mouvements(interne))


def own_historique(interne: int, compte: int | None) -> tuple[LigneHistorique, ...]:
    """For himself: an agent is « l'ARS »."""
    soi = Compte.objects.filter(pk=compte or 0).values_list("email", flat=True).first() or ""
    ars = set(Compte.objects.filter(role__in=ARS).values_list("email", flat=True))

    def say(ligne: LigneHistorique, courriel: str) -> LigneHistorique:
        auteur = "vous" if courriel == soi else "l’ARS" if courriel in ars else ligne.auteur
        return LigneHistorique(
            at=ligne.at, quoi=ligne.quoi, avant=ligne.avant, apres=ligne.apres, auteur=auteur
        )

    changements = (say(ligne, ligne.auteur) for ligne in _changements(interne))
    mouvements = (say(ligne, courriel) for ligne, courriel in _signed(interne))
    return _merged(changements, mouvements)


def _merged(*suites: Iterable[LigneHistorique]) -> tuple[LigneHistorique, ...]:
    lignes = [ligne for suite in suites for ligne in suite]
    return tuple(sorted(lignes, key=lambda ligne: ligne.at, reverse=True)[:MAXIMUM])


def _changements(interne: int) -> list[LigneHistorique]:
    rows = Changement.objects.filter(interne=interne)[:MAXIMUM]
    return [
        LigneHistorique(
            at=row.at,
            quoi=CHAMPS.get(row.champ, row.champ),
            avant=row.avant,
            apres=row.apres,
            auteur=row.auteur,
        )
        for row in rows
    ]


def _mouvements(interne: int) -> list[LigneHistorique]:
    return [ligne for ligne, _ in _signed(interne)]


def _signed(interne: int) -> list[tuple[LigneHistorique, str]]:
    """Each with its author's address."""
    siens = (
        Q(demande__inscription__interne=interne)
        | Q(procuration__inscription__interne=interne)
        | Q(individuelle__inscription__interne=interne)
        | Q(hors_choix__affectation__interne=interne)
    )
    rows = Mouvement.objects.filter(siens).select_related(
        "auteur", "demande", "procuration", "individuelle", "hors_choix__affectation__poste"
    )
    return [
        (_mouvement(row), row.auteur.email if row.auteur else "") for row in rows.order_by("-a")[:MAXIMUM]
    ]


def _mouvement(row: Mouvement) -> LigneHistorique:
    mots, apres = PROCURATION, row.procuration.courriel if row.procuration else ""
    if row.demande is not None:
        mots, apres = STATUT, row.demande.get_souhaite_display()
    elif row.individuelle is not None:
        mots, apres = ETAPES, row.individuelle.get_nature_display()
    elif row.hors_choix is not None:
        mots, apres = HORS_CHOIX, f"n°\u00a0{row.hors_choix.affectation.poste.numero}"
    auteur = row.auteur
    return LigneHistorique(
        at=datetime.fromtimestamp(row.a / 1000, UTC),
        quoi=mots.get(row.acte, row.acte),
        avant="",
        apres=apres,
        auteur=(auteur.nom_affiche or auteur.email) if auteur else "le mandataire",
    )
