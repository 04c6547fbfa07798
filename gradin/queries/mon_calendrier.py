"""One's own dates: my session of choice, the opening of my favourites, what concerns where I am."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from django.db.models import Max, Q

from gradin.data.amphis.models import Place, SessionChoix, Statut
from gradin.data.appariement.models import Candidature
from gradin.data.comptes.models import Compte
from gradin.data.publications.models import AbonnementCalendrier, Categorie
from gradin.queries.calendrier import EvenementLu, list_choix, list_evenements, read_lecteur
from gradin.queries.procurations import standing_mandats
from gradin.queries.public.semestres import SemestreLu
from gradin.queries.visiteurs import Visiteur, visiteur_of


def list_miens(semestre: SemestreLu, visiteur: Visiteur, *, annules: bool = False) -> list[EvenementLu]:
    """The ARS's dates where he belongs, his amphis (an agent: those he runs), his own sessions."""
    lecteur = read_lecteur(visiteur, semestre)
    couples = lecteur.appartient | visiteur.portees
    places = list_places(semestre, visiteur)
    amphis = {place.amphi_id for place in places}
    ou = {subdivision for subdivision, _ in couples} | {place.amphi.subdivision_id for place in places}
    candidatures = list_candidatures(visiteur)
    ou |= {*candidatures.values()}
    lus = [
        lu
        for lu in list_evenements(semestre, visiteur, subdivisions=ou, annules=annules)
        if lu.amphi in amphis or lu.appariement in candidatures or _concerns(lu, couples, visiteur)
    ]
    return sorted([*lus, *_sessions(semestre, places)], key=lambda lu: (lu.debut, lu.cle))


def list_places(semestre: SemestreLu, visiteur: Visiteur) -> list[Place]:
    """His own, and those of who gave him a procuration."""
    miennes = Q(inscription__interne=visiteur.interne) if visiteur.interne else Q(pk=None)
    if visiteur.compte is not None:
        mandats = [row.inscription_id for row in standing_mandats(visiteur.compte)]
        miennes |= Q(inscription__in=mandats)
    rows = Place.objects.filter(miennes, amphi__semestre=semestre.pk, amphi__debut__isnull=False)
    return [*rows.exclude(amphi__etat="brouillon").select_related("amphi__subdivision", "inscription")]


def list_candidatures(visiteur: Visiteur) -> dict[int | None, int]:
    """Matchings in which he is a candidate → the subdivision that runs each."""
    if visiteur.interne is None:
        return {}
    rows = Candidature.objects.filter(interne=visiteur.interne)
    return dict(rows.values_list("campagne", "campagne__subdivision"))


def list_own_dates(semestre: SemestreLu, visiteur: Visiteur) -> list[EvenementLu]:
    """Only what nobody else reads: for the page, beside what is everybody's."""
    return [*_sessions(semestre, list_places(semestre, visiteur))]


def find_abonnement(compte: int) -> AbonnementCalendrier | None:
    return AbonnementCalendrier.objects.filter(compte=compte).first()


def visiteur_of_abonnement(cle: str) -> Visiteur | None:
    """Whose feed this is; a closed account has none."""
    compte = Compte.objects.filter(abonnement_calendrier__cle=cle, is_active=True).first()
    return visiteur_of(compte) if compte else None


def _concerns(lu: EvenementLu, couples: frozenset[tuple[int, int | None]], visiteur: Visiteur) -> bool:
    """An interne is told his own amphis only; the ARS and representatives all of theirs."""
    if (lu.amphi or lu.appariement) is not None and not (visiteur.portees or visiteur.suivis):
        return False
    ici = [groupe for subdivision, groupe in couples if subdivision == lu.subdivision_pk]
    return any(lu.groupe_pk is None or groupe in (None, lu.groupe_pk) for groupe in ici)


def _sessions(semestre: SemestreLu, places: list[Place]) -> Iterator[EvenementLu]:
    """The SEQUENCE counts the moves of the amphi and the versions of its list: a rank may change session."""
    choix = {lu.amphi: lu for lu in list_choix(semestre, Q(pk__in=[p.amphi_id for p in places]))}
    for place in places:
        if place.statut == Statut.HORS_CHOIX:
            continue
        amphi = choix[place.amphi_id]
        version = place.amphi.listes.aggregate(Max("version"))["version__max"] or 0
        amphi = replace(amphi, sequence=amphi.sequence + version, mien=True)
        yield from _own_session(place, amphi)
        if place.amphi.ouverture_favoris is not None:
            yield replace(
                amphi,
                cle=f"favoris-{place.pk}",
                categorie=Categorie.ECHEANCE,
                titre=f"Ouverture des favoris\u00a0: {place.amphi.intitule}",
                debut=place.amphi.ouverture_favoris,
                fin=place.amphi.ouverture_favoris + timedelta(minutes=15),
                description="Classez vos postes et services favoris jusqu’à votre tour.",
            )


def _own_session(place: Place, amphi: EvenementLu) -> Iterator[EvenementLu]:
    rang = place.rang or 0
    session = SessionChoix.objects.filter(amphi=place.amphi_id, rang_de__lte=rang, rang_a__gte=rang).first()
    if session is None:
        return
    yield replace(
        amphi,
        cle=f"session-{place.pk}",
        titre=f"Session de choix n°\u00a0{session.numero}\u00a0: {place.amphi.intitule}",
        debut=session.debut,
        fin=session.fin,
        description=f"Rang d’appel {rang}. Connectez-vous avant l’heure\u00a0: 90 secondes par personne.",
    )
