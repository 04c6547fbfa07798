"""A small matching in the words of the field: a campaign, its sites, its docteurs juniors, their answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from gradin.data.appariement.models import (
    CampagneAppariement,
    Candidature,
    DepotAppariement,
    PieceCandidature,
    SiteAppariement,
    TourCampagne,
)
from gradin.data.comptes.models import Compte, Portee, Role
from gradin.data.internes.models import Inscription, Phase
from gradin.data.referentiel.models import Service, Subdivision
from gradin.domain.appariement.calendrier import Etape, Fenetres
from gradin.operations.appariement.campagnes import CampagneDemandee, create_campagne
from gradin.queries.visiteurs import Visiteur
from tests.factories.amphis import T0, make_inscriptions
from tests.factories.comptes import make_agent, make_compte
from tests.factories.referentiel import make_des, make_groupe, make_services, make_subdivision

HEURE = timedelta(hours=1)
# The bound that has just gone by, at each step.
JUSTE_APRES = {
    Etape.A_VENIR: -1,
    Etape.VOEUX: 0,
    Etape.ENTRE: 1,
    Etape.CLASSEMENT: 2,
    Etape.CALCUL: 3,
    Etape.RESULTAT: 4,
    Etape.FINI: 5,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Campagne:
    """`sites` and `candidatures` in the order in which they were made."""

    row: CampagneAppariement
    agent: Visiteur
    sites: tuple[SiteAppariement, ...]
    candidatures: tuple[Candidature, ...]

    def tour(self, numero: int = 1) -> TourCampagne:
        return TourCampagne.objects.select_related("campagne").get(campagne=self.row, numero=numero)

    def at(self, etape: Etape, numero: int = 1, maintenant: int = T0) -> int:
        """Moves the round so that it stands at this step at `maintenant`; gives that instant back."""
        debut = datetime.fromtimestamp(maintenant / 1000, UTC) - HEURE * (JUSTE_APRES[etape] + 0.5)
        bornes = {nom: debut + HEURE * rang for rang, nom in enumerate(Fenetres.__slots__)}
        TourCampagne.objects.filter(campagne=self.row, numero=numero).update(**bornes)
        return maintenant

    def compte(self, rang: int) -> Compte:
        compte = self.candidatures[rang].interne.compte
        assert compte is not None
        return compte


def make_campagne(
    *,
    candidats: int = 3,
    places: Mapping[int, int] | None = None,
    sites: int = 3,
    mode: str = "appariement",
    notes_au_moins: int = 1,
    maintenant: int = T0,
) -> Campagne:
    """Candidates 1, 2… of that rank, one seat a site; the last site and candidate are of « AILLEURS »."""
    ici = make_subdivision()
    la = Subdivision.objects.get_or_create(code="AILLEURS", defaults={"nom": "Ailleurs"})[0]
    agent = make_agent(ici)
    demande = CampagneDemandee(
        semestre="2027-05",
        subdivision=ici.pk,
        intitule="Docteurs juniors de l’essai",
        mode=mode,
        notes_au_moins=notes_au_moins,
    )
    row = CampagneAppariement.objects.get(pk=create_campagne(demande, agent, maintenant))
    services = make_services([str(n) for n in range(1, sites + 1)])
    lus = tuple(
        SiteAppariement.objects.create(
            campagne=row,
            code=f"S{rang}",
            service=service,
            subdivision=la if rang == sites else ici,
            groupe=make_groupe(),
            des=make_des(),
            places=(places or {}).get(rang, 1),
            profil=f"Profil du site {rang}",
            responsable="Dr Ève Martin",
            courriel=f"site{rang}@hopital.example",
            recherche=f"service {rang}",
        )
        for rang, service in enumerate(services, start=1)
    )
    inscriptions = make_inscriptions(range(1, candidats + 1), Phase.CONSOLIDATION, {})
    candidatures = tuple(
        Candidature.objects.create(
            campagne=row,
            interne=une.interne,
            subdivision=la if rang == candidats else ici,
            des=make_des(),
            rang=rang,
        )
        for rang, une in enumerate(inscriptions, start=1)
    )
    return Campagne(row=row, agent=agent, sites=lus, candidatures=candidatures)


def make_responsable(site: SiteAppariement) -> Compte:
    """An account whose scope is the service of this site."""
    compte = make_compte(f"rts{site.pk}@hopital.example", Role.RESPONSABLE_TERRAIN, "Ève Martin")
    Portee.objects.get_or_create(compte=compte, subdivision=site.subdivision, service=site.service)
    return compte


def matching_of(inscription: Inscription, service: Service) -> dict[str, int]:
    """A campaign of the interne's subdivision, open to notes, as the addresses name its parts."""
    row = CampagneAppariement.objects.create(
        semestre=inscription.semestre,
        subdivision=inscription.subdivision,
        intitule="Docteurs juniors",
        sel="0" * 64,
        created_at=0,
    )
    now = datetime.now(UTC)
    for numero in (1, 3):
        bornes = {nom: now + HEURE * (rang - 0.5) for rang, nom in enumerate(Fenetres.__slots__)}
        TourCampagne.objects.create(
            campagne=row, numero=numero, graine="0" * 32, empreinte="0" * 64, **bornes
        )
    site = SiteAppariement.objects.create(
        campagne=row,
        code="S1",
        service=service,
        subdivision=inscription.subdivision,
        groupe=inscription.groupe,
        des=inscription.des,
        places=1,
    )
    un = Candidature.objects.create(
        campagne=row,
        interne=inscription.interne,
        subdivision=inscription.subdivision,
        des=inscription.des,
    )
    piece = PieceCandidature.objects.create(
        candidature=un, nature="cv", nom="cv.pdf", taille=4, contenu=b"%PDF", created_at=0
    )
    depot = DepotAppariement.objects.create(campagne=row, quoi="sites", fichier="sites.csv", created_at=0)
    return {"campagne": row.pk, "site": site.pk, "piece": piece.pk, "depot_appariement": depot.pk}
