"""Two small matchings of docteurs juniors: one whose candidates mark now, one whose sites rank now."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Count, QuerySet

from gradin.data.appariement.models import (
    CampagneAppariement,
    Candidature,
    NoteSite,
    RangCandidat,
    SiteAppariement,
    TourCampagne,
)
from gradin.data.comptes.models import Compte, Portee, Role
from gradin.data.internes.models import Interne
from gradin.data.postes.models import Poste
from gradin.data.referentiel.models import Service, Subdivision
from gradin.domain.appariement.calendrier import Fenetres
from gradin.domain.texte import fold
from gradin.operations.appariement.calcul import begin_run, run_tour
from gradin.operations.appariement.campagnes import CampagneDemandee, add_repetition, create_campagne
from gradin.operations.demonstration.comptes import MOT_DE_PASSE
from gradin.operations.demonstration.partenaires import NOMS
from gradin.queries.visiteurs import Visiteur

PERSONNES = (
    ("Inès", "Valmont"),
    ("Théo", "Marchetti"),
    ("Sarah", "Benhamou"),
    ("Louis", "de La Bretonnière-Castelnau"),
    ("Aminata", "Diarra"),
    ("Paul", "Estève"),
    ("Maëlle", "Kervadec"),
    ("Hugo", "Nguyen"),
    ("Jade", "Roussillon"),
    ("Victor", "Lemoine"),
    ("Nour", "Haddad"),
    ("Élise", "Fontanel"),
    ("Simon", "Garrigue"),
    ("Clara", "Ostermann"),
    ("Yanis", "Bouchareb"),
    ("Lucie", "Pérignon"),
)
PROFILS = (
    "Service universitaire, deux gardes par mois, bloc trois jours par semaine. Encadrement quotidien.",
    "Équipe de six praticiens, consultation avancée, logement possible à l’hôpital.",
    "Activité polyvalente, autonomie progressive, une demi-journée de recherche par semaine.",
)
# How many sites, where in the list of people they begin, how many people. The second is the responsable's.
CAMPAGNES = ((24, 0, 8), (8, 8, 8))
MEDECINE_GENERALE = "1"
HEURE, JOUR = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What both campaigns are set in."""

    semestre: str
    agent: Visiteur
    maintenant: datetime

    @property
    def ms(self) -> int:
        return round(self.maintenant.timestamp() * 1000)


@transaction.atomic
def open_appariements(semestre: str, subdivision: str, agent: Visiteur, maintenant: datetime) -> int:
    """How many; a groupe without services has none. The first people of each have an account to try."""
    if CampagneAppariement.objects.filter(semestre__code=semestre).exists():
        return 0
    scene = Scene(semestre=semestre, agent=agent, maintenant=maintenant)
    ici = Subdivision.objects.get(code=subdivision)
    ouverts = 0
    for rang, (combien, depuis, effectif) in enumerate(CAMPAGNES):
        offres = _services(semestre, combien, du_responsable=bool(rang))
        if not offres:
            continue
        intitule = f"Docteurs juniors\u00a0: {offres[0].des.intitule.capitalize()}{' (2)' if rang else ''}"
        demande = CampagneDemandee(semestre=semestre, subdivision=ici.pk, intitule=intitule)
        row = CampagneAppariement.objects.get(pk=create_campagne(demande, agent, scene.ms))
        sites = _sites(row, offres)
        candidatures = _candidats(row, sites[0], depuis, effectif)
        if rang:
            _rehearse(scene, row, sites, candidatures)
        _set_windows(row, scene, classe=bool(rang))
        _answer(
            row.tours.get(numero=1), sites, candidatures[1:], partie=5 if rang else 9, classent=bool(rang)
        )
        ouverts += 1
    return ouverts


def _services(semestre: str, combien: int, *, du_responsable: bool) -> list[Poste]:
    """One poste of each service of one DES: the responsable's own, with his service first, or the largest."""
    postes = Poste.objects.filter(semestre__code=semestre).select_related(
        "service__etablissement", "groupe", "des", "subdivision"
    )
    courriel = NOMS[Role.RESPONSABLE_TERRAIN][0]
    sien = Portee.objects.filter(compte__email=courriel).values_list("service", flat=True).first()
    siens = postes.filter(service=sien) if du_responsable else postes.filter(des=_widest(postes))
    premier = siens.order_by("des__code_des", "pk").first()
    if premier is None:
        return []
    rows = postes.filter(des=premier.des_id).order_by("service__cle_tri", "pk")
    par_service = {premier.service_id: premier} if du_responsable else {}
    for poste in rows:
        par_service.setdefault(poste.service_id, poste)
    return list(par_service.values())[:combien]


def _widest(postes: QuerySet[Poste]) -> int | None:
    """The DES with the most differently named services, médecine générale apart: a list worth searching."""
    autres = postes.exclude(groupe__code=MEDECINE_GENERALE)
    rows = autres.values_list("des").annotate(n=Count("service__nom", distinct=True)).order_by("-n", "des")
    return next((des for des, _ in rows), None)


def _sites(row: CampagneAppariement, offres: list[Poste]) -> list[SiteAppariement]:
    return SiteAppariement.objects.bulk_create(
        SiteAppariement(
            campagne=row,
            code=f"DJ{rang:02d}",
            service=poste.service,
            subdivision=poste.subdivision,
            groupe=poste.groupe,
            des=poste.des,
            places=1 + rang % 2,
            profil=PROFILS[rang % len(PROFILS)],
            responsable=poste.service.chef or "Dr Camille Roche",
            courriel=f"site{rang}@hopital.exemple.fr",
            recherche=_words(poste.service),
        )
        for rang, poste in enumerate(offres, start=1)
    )


def _words(service: Service) -> str:
    lieu = service.etablissement
    return fold(f"{service.nom} {lieu.nom} {lieu.ville} {lieu.departement}")


def _candidats(
    row: CampagneAppariement, site: SiteAppariement, depuis: int, effectif: int
) -> list[Candidature]:
    """The first signs in as docteur.junior<n>@gradin.demo."""
    internes = []
    for rang, (prenom, nom) in enumerate(PERSONNES[depuis : depuis + effectif], start=depuis + 1):
        premier = rang == depuis + 1
        courriel = f"docteur.junior{rang}@gradin.demo"
        compte = None
        if premier:
            compte = Compte.objects.create(
                email=courriel,
                nom_affiche=f"{prenom} {nom}",
                role=Role.INTERNE,
                password=make_password(MOT_DE_PASSE),
            )
        internes.append(
            Interne(
                ine=f"DJ{rang:09d}",
                nom=nom.upper(),
                prenom=prenom,
                courriel=courriel,
                compte=compte,
                cle_tri=fold(f"{nom} {prenom}"),
            )
        )
    return Candidature.objects.bulk_create(
        Candidature(campagne=row, interne=interne, subdivision=site.subdivision, des=site.des, rang=rang)
        for rang, interne in enumerate(Interne.objects.bulk_create(internes), start=1)
    )


def _rehearse(
    scene: Scene, row: CampagneAppariement, sites: list[SiteAppariement], candidatures: list[Candidature]
) -> None:
    """A rehearsal that is over, with its result to read."""
    debut = scene.maintenant - 10 * JOUR
    bornes = {nom: debut + rang * JOUR for rang, nom in enumerate(Fenetres.__slots__)}
    add_repetition(row.pk, Fenetres(**bornes), scene.agent, scene.ms)
    tour = row.tours.get(numero=0)
    _answer(tour, sites, candidatures, partie=6, classent=True)
    avant = round((bornes["resultat_at"] - HEURE).timestamp() * 1000)
    begin_run(tour.pk, {}, scene.agent, avant)
    run_tour(tour.pk, avant)
    TourCampagne.objects.filter(pk=tour.pk).update(annonce_at=avant, refus_jusque=scene.maintenant - HEURE)


def _set_windows(row: CampagneAppariement, scene: Scene, *, classe: bool) -> None:
    """The first round is open now: for its candidates, or for its sites. The others follow by weeks."""
    debut = scene.maintenant.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    debut -= 5 * JOUR if classe else JOUR
    pas = (0, 4, 4, 8, 9, 10)
    for tour in row.tours.filter(numero__gt=0):
        depart = debut + (tour.numero - 1) * 11 * JOUR
        bornes = {nom: depart + jours * JOUR for nom, jours in zip(Fenetres.__slots__, pas, strict=True)}
        TourCampagne.objects.filter(pk=tour.pk).update(**bornes)


def _answer(
    tour: TourCampagne,
    sites: list[SiteAppariement],
    candidatures: list[Candidature],
    *,
    partie: int,
    classent: bool,
) -> None:
    """Notes and ranks drawn from the rows themselves: the same at each start. `partie`: sites marked each;
    with `classent` every site but the first has ranked everybody."""
    notes = [
        NoteSite(tour=tour, candidature=un, site=site, note=_draw("n", un.pk, site.pk) % 5 + 1, updated_at=0)
        for un in candidatures
        for site in sorted(sites, key=lambda site: _draw("s", un.pk, site.pk))[:partie]
    ]
    NoteSite.objects.bulk_create(notes)
    if not classent:
        return
    rangs = [
        RangCandidat(tour=tour, site=site, candidature=un, rang=rang, updated_at=0)
        for site in sites[1:]
        for rang, un in enumerate(sorted(candidatures, key=lambda un: _draw("r", un.pk, site.pk)), start=1)
    ]
    RangCandidat.objects.bulk_create(rangs)


def _draw(*mots: object) -> int:
    return int.from_bytes(hashlib.sha256("/".join(map(str, mots)).encode()).digest()[:4], "big")
