"""What an ARS has published: one of each, by the names of their objects."""

from datetime import UTC, datetime, timedelta

from gradin.data.publications.models import Contact, Evenement, Publication
from gradin.data.referentiel.models import Semestre, Subdivision
from gradin.operations.actes_gestion import PLATEFORME, Signature
from gradin.operations.publications import PublicationSaisie, save_publication

HIER = timedelta(days=1)


def publish(subdivision: Subdivision, **changes: object) -> Publication:
    """A document on line since yesterday, with its file."""
    maintenant = datetime.now(UTC)
    valeurs: dict[str, object] = {
        "genre": "document",
        "titre": "Guide du choix",
        "texte": "Lisez **ceci**.",
        "lien": "",
        "ordre": 100,
        "published_at": maintenant - HIER,
        "expires_at": None,
        "nouveau_jusqu_au": None,
    }
    saisie = PublicationSaisie(subdivision=subdivision.pk, **{**valeurs, **changes})  # type: ignore[arg-type]
    fichier = ("guide.pdf", b"%PDF-1.7 guide") if saisie.genre == "document" else None
    signature = Signature(auteur=PLATEFORME, maintenant=maintenant)
    pk = save_publication(None, saisie, fichier=fichier, sans_fichier=False, signature=signature)
    return Publication.objects.get(pk=pk)


def add_evenement(subdivision: Subdivision, semestre: Semestre, **changes: object) -> Evenement:
    """A commission of tomorrow, with a visio for the internes."""
    maintenant = datetime.now(UTC)
    valeurs: dict[str, object] = {
        "uid": f"date-{subdivision.pk}-{Evenement.objects.count()}",
        "categorie": "commission",
        "titre": "Commission de répartition",
        "debut": maintenant + HIER,
        "visio": "https://visio.example/salle",
        "concernes": "internes",
        "updated_at": maintenant,
    }
    return Evenement.objects.create(
        subdivision=subdivision,
        semestre=semestre,
        **{**valeurs, **changes},  # type: ignore[arg-type]
    )


def published_in(subdivision: Subdivision, semestre: Semestre) -> dict[str, int]:
    contact = Contact.objects.create(subdivision=subdivision, nom="Scolarité", courriel="s@fac.example")
    return {
        "publication": publish(subdivision).pk,
        "evenement": add_evenement(subdivision, semestre).pk,
        "contact": contact.pk,
        "subdivision": subdivision.pk,
    }
