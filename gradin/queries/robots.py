"""Who plays in a rehearsal: the accounts behind the places of an amphi, and which of them a human uses."""

from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.db.models import Q

from gradin.data.amphis.models import Amphi, EtatAmphi, Fait, Place
from gradin.data.comptes.models import Portee, Role
from gradin.domain.amphi.codec import from_json
from gradin.domain.amphi.parametres import Parametres
from gradin.queries.lectures import ecarts


@dataclass(frozen=True, slots=True, kw_only=True)
class Joueur:
    """One interne of the list who has an account. `numero` is None before the start."""

    compte: int
    courriel: str
    numero: int | None
    rang: int | None
    des: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deroulement:
    """What the journal tells of an amphi: `lignes` are number → hash, internes are named by their number.

    `pannes`: outages found once it had begun, from and to. `a_venir`: who was still to come. `hors_choix`:
    how many never had to choose.
    """

    nom: str
    etat: str
    lignes: dict[int, str]
    passes: frozenset[int]
    a_venir: frozenset[int]
    pannes: tuple[tuple[int, int], ...]
    ecarts: tuple[str, ...]
    hors_choix: int = 0


def read_deroulement(amphi: int, depuis: int) -> Deroulement:
    """`depuis`: what was passed or could not be written before is nobody's business here."""
    row = Amphi.objects.get(pk=amphi)
    faits = tuple(Fait.objects.filter(amphi=amphi).order_by("n").values_list("n", "h", "fait", "p", "a"))
    premier = next((a for _, _, fait, _, a in faits if fait == "TourOuvert"), depuis)
    recents = tuple((fait, p, a) for _, _, fait, p, a in faits if a > max(premier, depuis))
    restes = Place.objects.filter(amphi=amphi, numero__isnull=False, statut__in=("a_venir", "en_cours"))
    return Deroulement(
        nom=str(row),
        etat=row.etat,
        lignes={n: h for n, h, *_ in faits},
        passes=frozenset(p["interne"] for fait, p, _ in recents if fait == "TourPasse"),
        a_venir=frozenset(n for n in restes.values_list("numero", flat=True) if n is not None),
        pannes=tuple((p["de"], a) for fait, p, a in recents if fait == "PanneConstatee"),
        ecarts=tuple(map(str, ecarts(amphi))),
        hors_choix=Place.objects.filter(amphi=amphi, statut="hors_choix").count(),
    )


def amphis_to_rehearse() -> tuple[int, ...]:
    """Those whose list is published, and that are not closed."""
    publies = Amphi.objects.filter(listes__published_at__isnull=False).exclude(etat=EtatAmphi.CLOS)
    return tuple(publies.order_by("pk").distinct().values_list("pk", flat=True))


def parametres_of(amphi: int) -> Parametres:
    return from_json(Parametres, Amphi.objects.values_list("parametres", flat=True).get(pk=amphi))


def joueurs_of(amphi: int) -> tuple[Joueur, ...]:
    rows = (
        Place.objects.filter(amphi=amphi, inscription__interne__compte__is_active=True)
        .order_by("rang")
        .values_list(
            "inscription__interne__compte",
            "inscription__interne__compte__email",
            "numero",
            "rang",
            "inscription__des__code_des",
        )
    )
    return tuple(
        Joueur(compte=compte, courriel=courriel, numero=numero, rang=rang, des=des)
        for compte, courriel, numero, rang, des in rows
    )


def humains_of(amphi: int) -> frozenset[int]:
    """Accounts of the list with a browser signed in: robots only carry tokens."""
    sessions = UserSession.objects.filter(user__interne__inscriptions__places__amphi=amphi)
    return frozenset(sessions.values_list("user_id", flat=True))


def agent_for(amphi: int) -> int | None:
    """An active agent whose scope holds this amphi."""
    row = Amphi.objects.get(pk=amphi)
    portees = Portee.objects.filter(
        Q(groupe=None, formation="") | Q(groupe=row.groupe_id),
        subdivision=row.subdivision_id,
        compte__is_active=True,
        compte__role__in=(Role.AGENT, Role.ADMINISTRATEUR),
    )
    return portees.order_by("compte").values_list("compte", flat=True).first()
