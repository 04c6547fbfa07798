"""Accounts of the demonstration: every interne of the file, two agents, one shared password."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Lower

from gradin.data.comptes.models import Compte, Role
from gradin.data.internes.models import Interne
from gradin.data.referentiel.models import Subdivision
from gradin.operations.comptes.agents import PorteeDemandee, create_agent
from gradin.queries.demonstration import A_INSCRIRE
from gradin.queries.visiteurs import Visiteur, visiteur_of

MOT_DE_PASSE = "demonstration2027"
SANS_MOT_DE_PASSE = make_password(None)
AGENTS = (("agent@gradin.demo", "Dominique Arnal"), ("agent2@gradin.demo", "Claude Mercadier"))


@transaction.atomic
def open_accounts(semestre: str, maintenant: datetime) -> int:
    """An account for each interne but one who has none, all with one argon2 hash; gives back how many."""
    sans_compte = Interne.objects.filter(compte=None, inscriptions__semestre__code=semestre).exclude(
        courriel__in=("", A_INSCRIRE)
    )
    internes = list(sans_compte.order_by("pk"))
    hache = make_password(MOT_DE_PASSE) if internes else ""
    Compte.objects.bulk_create(
        Compte(
            email=interne.courriel.lower(),
            nom_affiche=str(interne),
            role=Role.INTERNE,
            password=hache,
            created_at=maintenant,
        )
        for interne in internes
    )
    own = Compte.objects.filter(email=Lower(OuterRef("courriel"))).values("pk")[:1]
    Interne.objects.filter(pk__in=[interne.pk for interne in internes]).update(compte=Subquery(own))
    return len(internes)


@transaction.atomic
def open_seats(amphi: int, maintenant: datetime) -> int:
    """A rehearsal before anybody has signed up: accounts without password, which sign-up takes over."""
    internes = list(Interne.objects.filter(compte=None, inscriptions__places__amphi=amphi).order_by("pk"))
    for interne in internes:
        courriel = interne.courriel.lower() or f"{interne.ine.lower()}@repetition.invalid"
        interne.compte, _ = Compte.objects.get_or_create(
            email=courriel,
            defaults={"nom_affiche": str(interne), "password": SANS_MOT_DE_PASSE, "created_at": maintenant},
        )
    Interne.objects.bulk_update(internes, ["compte"])
    return len(internes)


def open_agents(subdivision: str, maintenant: datetime) -> tuple[Visiteur, ...]:
    """Two, so that an act that needs a second agent can be tried; the whole subdivision each."""
    portees = [PorteeDemandee(subdivision=subdivision)]
    return tuple(
        visiteur_of(
            create_agent(
                courriel=courriel, nom=nom, mot_de_passe=MOT_DE_PASSE, portees=portees, maintenant=maintenant
            )
        )
        for courriel, nom in AGENTS
    )


def name_subdivision(code: str, nom: str, courriel: str, telephone: str) -> None:
    Subdivision.objects.filter(code=code).update(
        nom=nom, contact_courriel=courriel, contact_telephone=telephone
    )
