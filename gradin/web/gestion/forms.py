"""The forms of the ARS's pages about people."""

from gradin.web.compte.champs import Courriel, Saisie


class Invitation(Saisie):
    courriel = Courriel(
        label="Adresse où envoyer le lien", help_text="Elle devient celle de la liste, et son identifiant."
    )
