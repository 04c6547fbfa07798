"""The dates of a semester: those the ARS writes, and those of the amphis, read from the amphis themselves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import Q

from gradin.data.amphis.models import Amphi, EtatAmphi, SessionChoix
from gradin.data.comptes.models import Portee, Role
from gradin.data.internes.models import Inscription
from gradin.data.publications.models import Categorie, Concernes, Evenement, SuiteAmphi
from gradin.data.referentiel.models import Subdivision
from gradin.queries.appariement.dates import list_dates
from gradin.queries.public.semestres import SemestreLu
from gradin.queries.visiteurs import Visiteur

CATEGORIES = tuple((str(c.value), str(c.label)) for c in Categorie)
CONCERNES = tuple((str(c.value), str(c.label)) for c in Concernes)
SANS_FIN = timedelta(hours=1)
COMMISSION = (Role.REPRESENTANT, Role.FACULTE, Role.COORDONNATEUR)
LECTEURS: Mapping[str, tuple[str, ...]] = {
    Concernes.ARS: (),
    Concernes.COMMISSION: COMMISSION,
    Concernes.REPRESENTANTS: (Role.REPRESENTANT,),
    Concernes.INTERNES: (Role.REPRESENTANT, Role.INTERNE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvenementLu:
    """One date as its reader may read it: `visio` is empty for whoever it does not concern.

    `cle` never changes; `sequence` grows whenever the date moves. `pk`: the ARS's row.
    """

    cle: str
    categorie: str
    titre: str
    debut: datetime
    fin: datetime | None = None
    journee: bool = False
    description: str = ""
    lieu: str = ""
    visio: str = ""
    subdivision: str = ""
    subdivision_pk: int | None = None
    groupe_pk: int | None = None
    fuseau: str = "Europe/Paris"
    sequence: int = 0
    updated_at: datetime | None = None
    annule: bool = False
    previsionnel: bool = False
    mien: bool = False
    pk: int | None = None
    amphi: int | None = None
    appariement: int | None = None
    commission: int | None = None

    @property
    def categorie_dite(self) -> str:
        return Categorie(self.categorie).label

    @property
    def href(self) -> str:
        if self.appariement:
            return "/appariement/"
        return f"/amphis/{self.amphi}/sessions/" if self.amphi else ""

    @property
    def passe_a(self) -> datetime:
        """When it is over: a whole day at its midnight, what has no end an hour later."""
        if self.journee:
            return (self.fin or self.debut) + timedelta(days=1)
        return self.fin or self.debut + SANS_FIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Lecteur:
    """What decides whether a visio is for this visitor: his role, and (subdivision, groupe) he belongs to."""

    visiteur: Visiteur
    appartient: frozenset[tuple[int, int | None]]

    def may_join(self, row: Evenement) -> bool:
        ici = {(row.subdivision_id, None), (row.subdivision_id, row.groupe_id)}
        if ici & self.visiteur.portees:
            return True
        if self.visiteur.role not in LECTEURS[row.concernes]:
            return False
        groupe = row.groupe_id
        siens = (g for s, g in self.appartient if s == row.subdivision_id)
        return any(groupe is None or g in (None, groupe) for g in siens)


def list_subdivisions() -> tuple[tuple[str, str, int], ...]:
    """(code, name, id): whose dates one may ask for alone."""
    return tuple(Subdivision.objects.values_list("code", "nom", "pk"))


def read_lecteur(visiteur: Visiteur, semestre: SemestreLu) -> Lecteur:
    appartient: set[tuple[int, int | None]] = set(visiteur.suivis)
    if visiteur.interne is not None:
        rows = Inscription.objects.filter(interne=visiteur.interne, semestre=semestre.pk)
        appartient |= {*rows.values_list("subdivision", "groupe")}
    if visiteur.role in COMMISSION:
        appartient |= {*Portee.objects.filter(compte=visiteur.compte).values_list("subdivision", "groupe")}
    return Lecteur(visiteur=visiteur, appartient=frozenset(appartient))


def list_evenements(
    semestre: SemestreLu,
    visiteur: Visiteur,
    *,
    subdivisions: Iterable[int] | None = None,
    annules: bool = False,
) -> list[EvenementLu]:
    """Everything of the semester in the order of time; `annules`: also what was removed, for the feeds."""
    lecteur = read_lecteur(visiteur, semestre)
    ou = Q() if subdivisions is None else Q(subdivision__in=[*subdivisions])
    rows = Evenement.objects.filter(ou, semestre=semestre.pk).select_related("subdivision", "groupe")
    if not annules:
        rows = rows.filter(annule=False)
    lus = [read_evenement(row, lecteur) for row in rows]
    tous = [*lus, *list_choix(semestre, ou), *list_appariements(semestre, ou)]
    return sorted(tous, key=lambda lu: (lu.debut, lu.cle))


def list_choix(semestre: SemestreLu, ou: Q) -> list[EvenementLu]:
    """One date an amphi; what is not validated is announced to nobody."""
    amphis = Amphi.objects.filter(ou, semestre=semestre.pk, debut__isnull=False)
    rows = [*amphis.exclude(etat=EtatAmphi.BROUILLON).select_related("subdivision", "groupe", "suite")]
    prints = hours_prints([row.pk for row in rows])
    return [_read_amphi(row, prints[row.pk]) for row in rows]


def list_appariements(semestre: SemestreLu, ou: Q) -> list[EvenementLu]:
    """The windows of the matchings of docteurs juniors; `appariement`: the campaign."""
    return [
        EvenementLu(
            cle=une.cle,
            categorie=Categorie.APPARIEMENT,
            titre=une.titre,
            debut=une.debut,
            fin=une.fin,
            subdivision=une.tour.campagne.subdivision.nom,
            subdivision_pk=une.tour.campagne.subdivision_id,
            fuseau=une.tour.campagne.subdivision.fuseau,
            sequence=une.sequence,
            appariement=une.tour.campagne_id,
        )
        for une in list_dates(semestre.pk, ou)
    ]


def read_evenement(row: Evenement, lecteur: Lecteur) -> EvenementLu:
    return EvenementLu(
        cle=row.uid,
        categorie=row.categorie,
        titre=row.titre,
        debut=row.debut,
        fin=row.fin,
        journee=row.journee,
        description=row.description,
        lieu=row.lieu,
        visio=row.visio if lecteur.may_join(row) else "",
        subdivision=row.subdivision.nom,
        subdivision_pk=row.subdivision_id,
        groupe_pk=row.groupe_id,
        fuseau=row.subdivision.fuseau,
        sequence=row.sequence,
        updated_at=row.updated_at,
        annule=row.annule,
        pk=row.pk,
    )


def hours_prints(amphis: Iterable[int]) -> dict[int, tuple[str, bool]]:
    """By amphi: the hash of all its hours, and whether its sessions are cut."""
    pks = [*amphis]
    heures: dict[int, list[object]] = {
        pk: [debut.timestamp() if debut else None, fin.timestamp() if fin else None]
        for pk, debut, fin in Amphi.objects.filter(pk__in=pks).values_list("pk", "debut", "fin")
    }
    coupes = set()
    rows = SessionChoix.objects.filter(amphi__in=pks).order_by("amphi", "numero")
    for amphi, debut, fin, de, a in rows.values_list("amphi", "debut", "fin", "rang_de", "rang_a"):
        heures[amphi].append((debut.timestamp(), fin.timestamp(), de, a))
        coupes.add(amphi)
    return {pk: (sha256(repr(lues).encode()).hexdigest(), pk in coupes) for pk, lues in heures.items()}


def suite_of(amphi: Amphi) -> SuiteAmphi | None:
    return getattr(amphi, "suite", None)


def sequence_of(suite: SuiteAmphi | None, empreinte: str) -> int:
    """A move that is not noted yet counts already."""
    if suite is None:
        return 0
    return suite.sequence + (suite.empreinte != empreinte)


def _read_amphi(row: Amphi, lues: tuple[str, bool]) -> EvenementLu:
    empreinte, coupe = lues
    suite = suite_of(row)
    assert row.debut is not None
    return EvenementLu(
        cle=f"amphi-{row.pk}",
        categorie=Categorie.CHOIX,
        titre=f"Choix\u00a0: {row.groupe.nom}, {row.get_phase_display().lower()}",
        debut=row.debut,
        fin=row.fin,
        description="" if coupe else "Horaires prévisionnels.",
        subdivision=row.subdivision.nom,
        subdivision_pk=row.subdivision_id,
        groupe_pk=row.groupe_id,
        fuseau=row.subdivision.fuseau,
        sequence=sequence_of(suite, empreinte),
        updated_at=suite.updated_at if suite else None,
        previsionnel=not coupe,
        amphi=row.pk,
    )


def find_evenement(pk: int) -> Evenement | None:
    """The row itself, for permissions to judge and forms to fill."""
    return Evenement.objects.filter(pk=pk, annule=False).select_related("subdivision").first()
