"""People who sign in: internes, agents, and the visitor that an operation receives."""

from gradin.data.comptes.models import Compte, Portee, Role
from gradin.data.referentiel.models import Groupe, Subdivision
from gradin.queries.visiteurs import Visiteur, visiteur_of

MOT_DE_PASSE = "un mot de passe long"


def make_compte(courriel: str, role: Role = Role.INTERNE, nom: str = "") -> Compte:
    connu = Compte.objects.filter(email=courriel).first()
    return connu or Compte.objects.create_user(courriel, MOT_DE_PASSE, role=role, nom_affiche=nom)


def make_agent(
    subdivision: Subdivision, courriel: str = "agent@ars.example", groupe: Groupe | None = None
) -> Visiteur:
    """An agent of the ARS whose scope is the subdivision (or one groupe of it)."""
    compte = make_compte(courriel, Role.AGENT, "Agnès Agent")
    Portee.objects.get_or_create(compte=compte, subdivision=subdivision, groupe=groupe)
    return visiteur_of(compte)
