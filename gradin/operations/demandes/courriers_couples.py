"""The mails of couples, through the outbox. Words: `courriers/textes_couples.py`."""

from gradin.data.demandes.models import DemandeCouple
from gradin.data.internes.models import Inscription
from gradin.operations.courriers import Lettre, Lien, compose, enqueue
from gradin.operations.courriers.adresse import site_url


def mail_couple(demande: DemandeCouple, quoi: str, a: Inscription, maintenant: int) -> None:
    """To one of the two. The mail is read on the way: the reason of a refusal stays on the page."""
    interne = a.interne
    courriel = interne.compte.email if interne.compte else interne.courriel
    if not courriel:
        return
    autre = demande.invite if a.pk == demande.demandeur_id else demande.demandeur
    lettre = Lettre(
        modele=f"couple-{quoi}",
        valeurs={
            "nom": str(interne),
            "autre": str(autre.interne),
            "amphi": demande.amphi.intitule,
            "lien": Lien(
                mots="Choisir en couple", adresse=site_url(f"/mon-amphi/couple/?amphi={demande.amphi_id}")
            ),
        },
        signature=f"Agence régionale de santé, {a.subdivision.nom}",
    )
    enqueue(f"couple-{demande.pk}-{quoi}-{a.pk}", courriel, compose(lettre), maintenant)


def mail_both(demande: DemandeCouple, quoi: str, maintenant: int) -> None:
    for inscription in (demande.demandeur, demande.invite):
        mail_couple(demande, quoi, inscription, maintenant)
