"""Agréments and commissions of the demonstration: a campaign half answered, two commissions."""

from collections.abc import Sequence
from datetime import date, timedelta

from gradin.data.agrements.models import Agrement, DemandeAgrement, DossierService
from gradin.data.comptes.models import Compte, Role
from gradin.data.postes.models import Poste
from gradin.data.referentiel.models import Subdivision
from gradin.domain.agrements import PHASES
from gradin.operations.agrements.avis import give_avis
from gradin.operations.agrements.campagnes import CampagneSaisie, open_campagne
from gradin.operations.agrements.decisions import DecisionAgrement, decide_demandes
from gradin.operations.agrements.delais import day_of
from gradin.operations.agrements.demandes import DemandeSaisie, check_dossier, file_demande
from gradin.operations.commissions import seances
from gradin.operations.demonstration.partenaires import NOMS
from gradin.queries.espaces.perimetre import perimetre_of
from gradin.queries.visiteurs import Visiteur, visiteur_of

JOUR_MS = 86_400_000
APRES_MIDI_MS = 13 * 3_600_000
AN = 365
# How long each agrément still runs, in days: some end soon, some are over.
RESTES = (120, 900, 45, 1_400, 300, -200, 700, 1_800)
MOTS = (
    "Trois seniors temps plein, une réunion de service hebdomadaire, quatre gardes par mois.",
    "Ouverture d’une unité de soins continus en septembre : un interne de plus peut être encadré.",
    "",
)
DOSSIERS = 12
MEMBRES = (
    ("Pr Hélène Roussel", "Doyenne, UFR Lyon Est", "doyenne@gradin.demo"),
    ("Pr Dominique Vasseur", "Coordonnateur de DES", "coordonnateur@gradin.demo"),
    ("Sacha Benali", "Représentant des internes", "representant@gradin.demo"),
    ("Dr Jean-Baptiste de La Rochefoucauld-Montbel", "Fédération hospitalière", "fhf@gradin.demo"),
)


def write_agrements(semestre: str, subdivision: str, agent: Visiteur, maintenant: int) -> int:
    """How many agréments; none when they are there already."""
    lieu = Subdivision.objects.get(code=subdivision)
    if Agrement.objects.filter(subdivision=lieu).exists():
        return 0
    nombre = _grant(semestre, lieu, day_of(maintenant, lieu.fuseau))
    passee = _held(lieu.pk, agent, maintenant)
    _campaign(lieu, agent, passee, maintenant)
    _coming(lieu.pk, semestre, agent, maintenant)
    return nombre


def _grant(semestre: str, lieu: Subdivision, jour: date) -> int:
    """One for each service and DES of the offer, in the phases of its postes."""
    vus: dict[tuple[int, int], tuple[set[str], int, str]] = {}
    rows = Poste.objects.filter(semestre__code=semestre, subdivision=lieu)
    for service, des, regime, chef in rows.order_by("pk").values_list(
        "service", "des", "regime", "service__chef"
    ):
        phases, places, _ = vus.get((service, des), (set(), 0, ""))
        vus[service, des] = (phases | {PHASES[regime]}, places + 1, chef)
    agrements = []
    for rang, ((service, des), (phases, places, chef)) in enumerate(vus.items()):
        au = jour + timedelta(days=RESTES[rang % len(RESTES)])
        agrements.append(
            Agrement(
                subdivision=lieu,
                service_id=service,
                des_id=des,
                phases=[phase for phase in dict.fromkeys(PHASES.values()) if phase in phases],
                capacite=min(99, places + rang % 2),
                du=au - timedelta(days=5 * AN),
                au=au,
                chef=chef,
                courriel=f"service{rang + 1}@gradin.demo" if rang % 9 else "",
            )
        )
    Agrement.objects.bulk_create(agrements, batch_size=500)
    return len(agrements)


def _campaign(lieu: Subdivision, agent: Visiteur, commission: int, maintenant: int) -> None:
    jour = day_of(maintenant, lieu.fuseau)
    saisie = CampagneSaisie(
        subdivision=lieu.pk,
        annee=jour.year,
        ouvre=jour - timedelta(days=20),
        clot=jour + timedelta(days=25),
        expire_avant=jour + timedelta(days=AN),
    )
    pk = open_campagne(saisie, agent, maintenant - 20 * JOUR_MS)
    coordonnateur = _partner(Role.COORDONNATEUR)
    dossiers = _answered(pk, coordonnateur)
    for rang, dossier in enumerate(dossiers):
        _ask(dossier, rang, maintenant - (DOSSIERS - rang) * JOUR_MS)
    if coordonnateur is not None:
        _advise(coordonnateur, maintenant - 2 * JOUR_MS)
    _decide(pk, agent, commission, jour, maintenant - JOUR_MS)


def _answered(campagne: int, coordonnateur: Visiteur | None) -> Sequence[DossierService]:
    """First services of the coordonnateur's DES, so that some wait for his opinion."""
    dossiers = DossierService.objects.filter(campagne=campagne).order_by("pk")
    siens: list[DossierService] = []
    if coordonnateur is not None:
        des = [part.pk for part in perimetre_of(coordonnateur).parts]
        siens = [*dossiers.filter(service__agrements__des__in=des).distinct()[: DOSSIERS // 2]]
    autres = dossiers.exclude(pk__in=[un.pk for un in siens])
    return [*siens, *autres[: DOSSIERS - len(siens)]]


def _ask(dossier: DossierService, rang: int, maintenant: int) -> None:
    ecart = "Le service a déménagé au bâtiment B en janvier." if rang == 1 else ""
    check_dossier(dossier.pk, dossier.chef or "Pr Anne Moulin", ecart, maintenant)
    tenu = Agrement.objects.filter(service=dossier.service_id).order_by("pk").first()
    if tenu is None or rang == DOSSIERS - 1:
        return
    chef = rang % 5 == 4
    saisie = DemandeSaisie(
        nature="chef" if chef else "renouvellement",
        agrement=tenu.pk,
        phases=tenu.phases,
        capacite=min(99, tenu.capacite + rang % 2),
        chef="Pr Anne-Sophie Delacroix" if chef else "",
        texte=MOTS[rang % len(MOTS)],
    )
    file_demande(dossier.pk, saisie, maintenant)


def _advise(coordonnateur: Visiteur, maintenant: int) -> None:
    siennes = DemandeAgrement.objects.filter(perimetre_of(coordonnateur).agrements()).order_by("pk")
    avis = (("favorable", ""), ("reserve", "Un seul senior à temps plein : à revoir dans deux ans."))
    for demande, (sens, texte) in zip(siennes[:2], avis, strict=False):
        give_avis([demande.pk], sens, texte, coordonnateur, maintenant)


def _decide(pk: int, agent: Visiteur, commission: int, jour: date, maintenant: int) -> None:
    """The last four filed; the commission has just been held."""
    rows = DemandeAgrement.objects.filter(dossier__campagne=pk).exclude(nature="chef").order_by("-pk")
    accordees, refusees = [*rows[:3]], [*rows[3:4]]
    du = jour + timedelta(days=60)
    accord = DecisionAgrement(accorde=True, du=du, au=du + timedelta(days=5 * AN - 1), commission=commission)
    refus = DecisionAgrement(accorde=False, motif="Encadrement insuffisant la nuit.", commission=commission)
    for demandes, decision in ((accordees, accord), (refusees, refus)):
        if demandes:
            decide_demandes(pk, [une.pk for une in demandes], decision, agent, maintenant)


def _held(subdivision: int, agent: Visiteur, maintenant: int) -> int:
    """Yesterday's, its decisions still to write."""
    return _prepare(
        subdivision, agent, maintenant - 2 * JOUR_MS, "agrement", "Commission d’agrément de printemps"
    )


def _coming(subdivision: int, semestre: str, agent: Visiteur, maintenant: int) -> None:
    """Next week's, open to its members who have an account."""
    dans = maintenant + 7 * JOUR_MS
    pk = _prepare(subdivision, agent, dans, "cop", "COP, répartition des postes", semestre)
    seances.Commission.objects.filter(pk=pk).update(convened_at=maintenant)
    seances.MembreCommission.objects.filter(commission=pk).update(convened_at=maintenant)


def _prepare(
    subdivision: int, agent: Visiteur, debut: int, genre: str, intitule: str, semestre: str = ""
) -> int:
    debut = debut - debut % JOUR_MS + APRES_MIDI_MS
    avant = debut - 10 * JOUR_MS
    saisie = seances.CommissionSaisie(
        subdivision=subdivision,
        genre=genre,
        intitule=intitule,
        debut=debut,
        semestre=semestre,
        lieu="ARS, salle Rhône",
        visio="https://visio.exemple.fr/commission",
        president="Pr Hélène Roussel",
    )
    pk = seances.create_commission(saisie, agent, avant)
    for nom, qualite, courriel in MEMBRES:
        seances.add_membre(pk, nom, qualite, courriel, agent, avant)
    seances.add_document(pk, "note-de-cadrage.txt", b"Note de cadrage de la commission.\n", agent, avant)
    return pk


def _partner(role: Role) -> Visiteur | None:
    compte = Compte.objects.filter(email=NOMS[role][0]).first()
    return visiteur_of(compte) if compte else None
