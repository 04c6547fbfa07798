"""What the demonstration's ARS has published: dates around now, documents, an announcement, contacts."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gradin.data.publications.models import Categorie, Concernes, Contact, Evenement, Genre, Publication
from gradin.data.referentiel.models import Semestre, Subdivision
from gradin.operations.actes_gestion import PLATEFORME, Signature
from gradin.operations.publications import PublicationSaisie, save_publication

JOUR = timedelta(days=1)
NOTE = """L’ARS publie les postes du semestre, groupe par groupe.

- Un poste **réservé** n’est ouvert qu’aux internes du DES indiqué.
- Le **fléchage** précise l’orientation d’un poste : chimiothérapies, partage de trois mois et trois mois…
- Un poste retiré reste dans la liste, barré.

Une remarque avant le choix ? Écrivez à l’équipe « internat » (contacts ci-dessous).
"""
PIECES = """## Surnombre
Demandez d’abord le changement dans votre profil, rubrique « Modifier le statut de surnombre ». Envoyez
ensuite les justificatifs à l’ARS, **hors de la plateforme** : aucun document médical n’entre ici.

## Disponibilité et année-recherche
| Demande | Avant le | À qui |
|---|---|---|
| Disponibilité | deux mois avant le semestre | CHU de rattachement |
| Année-recherche | appel à candidatures | Faculté |
| Stage hors subdivision | quatre mois avant | ARS et coordonnateur |
"""
CALENDRIER = "semestre;ouverture des favoris;choix\nmai 2027;sept jours avant;voir le calendrier\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prevu:
    """`jours` from today; `de`, `a`: local hours, None for the whole day."""

    cle: str
    jours: int
    categorie: Categorie
    titre: str
    de: time | None = None
    a: time | None = None
    duree: int = 0
    lieu: str = ""
    visio: str = ""
    concernes: Concernes = Concernes.INTERNES
    description: str = ""


DATES = (
    Prevu(
        cle="inadequation",
        jours=-34,
        categorie=Categorie.COMMISSION,
        titre="Commission d’évaluation des besoins de formation",
        de=time(14),
        a=time(17),
        lieu="ARS, salle Rhône",
    ),
    Prevu(
        cle="repartition",
        jours=-20,
        categorie=Categorie.COMMISSION,
        titre="Commission de répartition des postes",
        de=time(9, 30),
        a=time(12, 30),
        lieu="ARS, salle Rhône",
        visio="https://visio.exemple.fr/repartition",
        concernes=Concernes.COMMISSION,
    ),
    Prevu(
        cle="statuts",
        jours=-6,
        categorie=Categorie.ECHEANCE,
        titre="Dernier jour pour demander un surnombre",
        description="Justificatifs compris, hors de la plateforme.",
    ),
    Prevu(
        cle="information",
        jours=1,
        categorie=Categorie.REUNION,
        titre="Réunion d’information\u00a0: comment se passe le choix",
        de=time(18, 30),
        a=time(19, 30),
        visio="https://visio.exemple.fr/information-internes",
        description="Questions des internes et des mandataires.",
    ),
    Prevu(
        cle="appariement-voeux",
        jours=8,
        categorie=Categorie.APPARIEMENT,
        titre="Docteurs juniors, premier tour\u00a0: vœux ouverts",
        duree=6,
    ),
    Prevu(
        cle="appariement-resultats",
        jours=18,
        categorie=Categorie.APPARIEMENT,
        titre="Docteurs juniors, premier tour\u00a0: résultats",
        de=time(12),
    ),
    Prevu(
        cle="prise-de-fonction",
        jours=40,
        categorie=Categorie.ECHEANCE,
        titre="Envoi des affectations aux établissements",
    ),
)
CONTACTS = (
    (
        "Affaires médicales du CHU",
        "Paie, congés, prise de fonction",
        "affaires-medicales@chu.exemple",
        "04 00 00 00 10",
        "du lundi au vendredi, de 8 h 30 à 16 h 30",
    ),
    ("Scolarité du 3e cycle", "Inscription, UFR, validations", "scolarite@faculte.exemple", "", ""),
    (
        "Représentants des internes",
        "Procurations, écoute, questions de garde",
        "representants@internes.exemple",
        "04 00 00 00 20",
        "",
    ),
)


def publish_informations(semestre: str, subdivision: str, maintenant: datetime) -> int:
    """Once: what somebody changed in it stays."""
    ou = Subdivision.objects.get(code=subdivision)
    Subdivision.objects.filter(pk=ou.pk, contact_horaires="").update(
        contact_horaires="du lundi au vendredi, de 9 h à 17 h"
    )
    if Publication.objects.filter(subdivision=ou).exists():
        return 0
    quand = Semestre.objects.get(code=semestre)
    Evenement.objects.bulk_create(_event(un, ou, quand, maintenant) for un in DATES)
    Contact.objects.bulk_create(
        Contact(subdivision=ou, nom=n, sujet=s, courriel=c, telephone=t, horaires=h, ordre=10 * rang)
        for rang, (n, s, c, t, h) in enumerate(CONTACTS, start=1)
    )
    signature = Signature(auteur=PLATEFORME, maintenant=maintenant)
    for saisie, fichier in _publications(ou.pk, maintenant):
        save_publication(None, saisie, fichier=fichier, sans_fichier=False, signature=signature)
    return len(DATES)


def _event(un: Prevu, ou: Subdivision, quand: Semestre, maintenant: datetime) -> Evenement:
    fuseau = ZoneInfo(ou.fuseau)
    jour = (maintenant.astimezone(fuseau) + un.jours * JOUR).date()
    debut = datetime.combine(jour, un.de or time(), fuseau).astimezone(UTC)
    fin = datetime.combine(jour + un.duree * JOUR, un.a or time(), fuseau).astimezone(UTC)
    return Evenement(
        uid=f"demonstration-{un.cle}",
        semestre=quand,
        subdivision=ou,
        categorie=un.categorie,
        titre=un.titre,
        description=un.description,
        debut=debut,
        fin=fin if un.a or un.duree else None,
        journee=un.de is None,
        lieu=un.lieu,
        visio=un.visio,
        concernes=un.concernes,
        updated_at=maintenant,
    )


def _publications(
    subdivision: int, maintenant: datetime
) -> list[tuple[PublicationSaisie, tuple[str, bytes] | None]]:
    def une(genre: Genre, titre: str, texte: str, jours: int, lien: str = "") -> PublicationSaisie:
        paru = maintenant - jours * JOUR
        return PublicationSaisie(
            subdivision=subdivision,
            genre=genre,
            titre=titre,
            texte=texte,
            lien=lien,
            ordre=100,
            published_at=paru,
            expires_at=None,
            nouveau_jusqu_au=(paru + 7 * JOUR).date() if genre == Genre.DOCUMENT else None,
        )

    annonce = (
        "Vérifiez votre rang et vos coordonnées avant votre session. "
        "Une question\u202f? Lisez [l’aide](/aide/) ou appelez-nous."
    )
    tableau = ("calendrier-du-semestre.csv", CALENDRIER.encode())
    return [
        (une(Genre.DOCUMENT, "Lire la liste des postes", NOTE, 2), None),
        (une(Genre.DOCUMENT, "Démarches individuelles\u00a0: quoi, quand, à qui", PIECES, 30), None),
        (une(Genre.DOCUMENT, "Dates du semestre", "", 12), tableau),
        (une(Genre.ANNONCE, "Les choix ont commencé", annonce, 1), None),
        (
            une(
                Genre.LIEN,
                "Trouver un remplacement\u202f?",
                "Annonces des médecins de la région",
                20,
                "https://remplacements.exemple.fr/",
            ),
            None,
        ),
    ]
