"""Who may: the one place that decides it, nothing by default (in which state: the engine)."""

from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings

from gradin.data.amphis.models import Amphi, Place
from gradin.data.comptes.models import Compte, Role
from gradin.data.imports.models import Depot
from gradin.data.internes.models import Inscription
from gradin.data.postes.models import Poste
from gradin.data.profils.models import DemandeInscription
from gradin.operations.droits import ESPACE, Acte, Regle, regle_of
from gradin.queries.envois import envois_of
from gradin.queries.procurations import standing_mandats
from gradin.queries.visiteurs import ARS, Couples, Visiteur


class Interdit(Exception):
    """This visitor may not; `absent` when he may not even know that the object exists."""

    def __init__(self, message: str, *, absent: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.absent = absent


class Audience(StrEnum):
    """Which projection of an amphi somebody reads (amphi.md §5)."""

    PUBLIC = "public"
    AMPHI = "amphi"
    REGIE = "regie"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandant:
    """Somebody on the list in whose place the visitor chooses: his place, his number once started."""

    place: int
    numero: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acces:
    """What one visitor is in one amphi: his audience, his place when he is on the list, his mandants'."""

    audience: Audience
    place: int | None = None
    numero: int | None = None
    mandants: tuple[Mandant, ...] = ()

    def place_for(self, pour: int | None) -> int | None:
        """The place that this visitor reads as its owner does: his own, or the mandant's numbered `pour`."""
        if pour is None or pour == self.numero:
            if self.place is None and pour is None and len(self.mandants) == 1:
                return self.mandants[0].place
            return self.place
        return next((mandant.place for mandant in self.mandants if mandant.numero == pour), None)

    @property
    def voix(self) -> tuple[int, ...]:
        """How he counts as present (`domain.amphi.presence`): his number, and −number for each mandant."""
        own = () if self.numero is None else (self.numero,)
        return own + tuple(-mandant.numero for mandant in self.mandants if mandant.numero is not None)


def acces(visiteur: Visiteur, amphi: Amphi) -> Acces:
    if can_run_amphi(visiteur, amphi):
        return Acces(audience=Audience.REGIE)
    place = _own_place(visiteur, amphi)
    mandants = _mandants(visiteur, amphi)
    if place is not None:
        return Acces(audience=Audience.AMPHI, place=place.pk, numero=place.numero, mandants=mandants)
    if mandants:
        return Acces(audience=Audience.AMPHI, mandants=mandants)
    if _allows(Acte.LIRE_NOMS, visiteur, amphi, visiteur.suivis):
        return Acces(audience=Audience.AMPHI)
    return Acces(audience=Audience.PUBLIC)


def _mandants(visiteur: Visiteur, amphi: Amphi) -> tuple[Mandant, ...]:
    """Those of this amphi whose procuration this account has accepted and that still stands."""
    if visiteur.compte is None:
        return ()
    inscriptions = [row.inscription_id for row in standing_mandats(visiteur.compte)]
    if not inscriptions:
        return ()
    rows = Place.objects.filter(amphi=amphi, inscription__in=inscriptions).order_by("rang")
    return tuple(Mandant(place=pk, numero=numero) for pk, numero in rows.values_list("pk", "numero"))


def _own_place(visiteur: Visiteur, amphi: Amphi) -> Place | None:
    if visiteur.interne is None:
        return None
    return Place.objects.filter(amphi=amphi, inscription__interne=visiteur.interne).first()


def can_run_amphi(visiteur: Visiteur, amphi: Amphi) -> bool:
    """An agent runs the amphis of his scope: the subdivision, or one groupe of it."""
    return _allows(Acte.CONDUIRE_AMPHI, visiteur, amphi, visiteur.portees)


def _allows(acte: Acte, visiteur: Visiteur, objet: Amphi | Inscription | Poste, portees: Couples) -> bool:
    """The rule of the matrix for his role is his scope, and the object is in it."""
    if regle_of(acte, visiteur.role) is not Regle.PORTEE:
        return False
    return bool({(objet.subdivision_id, None), (objet.subdivision_id, objet.groupe_id)} & portees)


def can_prepare(visiteur: Visiteur, subdivision: int, groupe: int) -> bool:
    """Who may run the amphis of a groupe prepares them, before there are any."""
    if regle_of(Acte.CONDUIRE_AMPHI, visiteur.role) is not Regle.PORTEE:
        return False
    return bool({(subdivision, None), (subdivision, groupe)} & visiteur.portees)


def check_can_run_amphi(visiteur: Visiteur, amphi: Amphi) -> None:
    """For an agent outside his scope the amphi's régie does not exist; for others it is forbidden."""
    if can_run_amphi(visiteur, amphi):
        return
    raise Interdit("Cette page est réservée à l'ARS.", absent=visiteur.is_agent)


def can_open_prechoix(visiteur: Visiteur, amphi: Amphi) -> bool:
    """The ARS in its scope, a representative in his groupes."""
    return _allows(Acte.OUVRIR_PRECHOIX, visiteur, amphi, visiteur.portees | visiteur.suivis)


def check_can_open_prechoix(visiteur: Visiteur, amphi: Amphi) -> None:
    """Outside one's scope the page does not exist; for others it is forbidden."""
    if can_open_prechoix(visiteur, amphi):
        return
    known = regle_of(Acte.OUVRIR_PRECHOIX, visiteur.role) is Regle.PORTEE
    raise Interdit("Cette page est réservée à l'ARS et aux représentants.", absent=known)


def check_is_agent(visiteur: Visiteur) -> None:
    if not visiteur.is_agent:
        raise Interdit("Cette page est réservée à l'ARS.")


def can_manage_inscription(visiteur: Visiteur, inscription: Inscription) -> bool:
    """An agent answers the demands of the internes of his scope."""
    return _allows(Acte.INSTRUIRE, visiteur, inscription, visiteur.portees)


def check_can_manage_inscription(visiteur: Visiteur, inscription: Inscription) -> None:
    if can_manage_inscription(visiteur, inscription):
        return
    raise Interdit("Cette page est réservée à l'ARS.", absent=visiteur.is_agent)


def can_manage_interne(visiteur: Visiteur, interne: int) -> bool:
    """An agent reads and helps the internes who have been, one semestre at least, in his scope."""
    if regle_of(Acte.LIRE_FICHE, visiteur.role) is not Regle.PORTEE:
        return False
    inscriptions = Inscription.objects.filter(interne=interne).select_related(None)
    return any(_allows(Acte.LIRE_FICHE, visiteur, row, visiteur.portees) for row in inscriptions)


def check_can_manage_interne(visiteur: Visiteur, interne: int) -> None:
    if can_manage_interne(visiteur, interne):
        return
    raise Interdit("Cette page est réservée à l'ARS.", absent=visiteur.is_agent)


def can_settle_demande(visiteur: Visiteur, demande: DemandeInscription | None) -> bool:
    """A sign-up request: of an interne of the scope, or of nobody known for who holds a whole subdivision."""
    if demande is None:
        return False
    if demande.interne_id is not None:
        return can_manage_interne(visiteur, demande.interne_id)
    return visiteur.is_agent and any(groupe is None for _, groupe in visiteur.portees)


def check_can_settle_demande(visiteur: Visiteur, demande: DemandeInscription | None) -> None:
    if can_settle_demande(visiteur, demande):
        return
    raise Interdit("Cette page est réservée à l'ARS.", absent=visiteur.is_agent)


def can_publish(visiteur: Visiteur, subdivision: int, groupe: int | None = None) -> bool:
    """In his subdivision; about one groupe, whoever runs that groupe too."""
    if regle_of(Acte.PUBLIER, visiteur.role) is not Regle.PORTEE:
        return False
    return bool({(subdivision, None), (subdivision, groupe)} & visiteur.portees)


def check_can_publish(visiteur: Visiteur, subdivision: int, groupe: int | None = None) -> None:
    if not can_publish(visiteur, subdivision, groupe):
        raise Interdit("Cette page est réservée à l'ARS.", absent=visiteur.is_agent)


def must_have_second_facteur(compte: Compte) -> bool:
    """ARS accounts are nothing without one, except over fictional data (setting)."""
    return bool(settings.GRADIN_SECOND_FACTEUR_ARS) and compte.role in ARS


def can_manage_envoi(visiteur: Visiteur, envoi: int) -> bool:
    """An agent sends again, or notes as wrong, the mails about his scope."""
    return visiteur.is_agent and envois_of(visiteur).filter(pk=envoi).exists()


def check_can_manage_envoi(visiteur: Visiteur, envoi: int) -> None:
    if can_manage_envoi(visiteur, envoi):
        return
    raise Interdit("Cette page est réservée à l'ARS.", absent=visiteur.is_agent)


def can_write_modeles(visiteur: Visiteur) -> bool:
    """One set of wordings for the installation: whoever holds a whole subdivision, not one groupe of it."""
    if regle_of(Acte.ECRIRE_MODELES, visiteur.role) is not Regle.PORTEE:
        return False
    return any(groupe is None for _, groupe in visiteur.portees)


def check_can_write_modeles(visiteur: Visiteur) -> None:
    if not can_write_modeles(visiteur):
        raise Interdit("Les modèles de courriels s’écrivent avec une subdivision entière dans sa portée.")


def can_read_espace(visiteur: Visiteur, acte: Acte) -> bool:
    """« Mon espace » and its lists: a role whose rule is its scope; the queries hold him to it."""
    return acte in ESPACE and regle_of(acte, visiteur.role) is Regle.PORTEE


def check_can_read_espace(visiteur: Visiteur, acte: Acte) -> None:
    if can_read_espace(visiteur, acte):
        return
    raise Interdit("Cette page n’est pas de celles de votre rôle.")


def can_manage_depot(visiteur: Visiteur, depot: int) -> bool:
    """An agent follows the files he brought; an administrator, everybody's."""
    if regle_of(Acte.TENIR_DONNEES, visiteur.role) is not Regle.PORTEE:
        return False
    rows = Depot.objects.filter(pk=depot)
    return (rows if visiteur.role == Role.ADMINISTRATEUR else rows.filter(auteur=visiteur.compte)).exists()


def check_can_manage_depot(visiteur: Visiteur, depot: int) -> None:
    if not can_manage_depot(visiteur, depot):
        raise Interdit("Cette page est réservée à l'ARS.", absent=visiteur.is_agent)


def can_manage_poste(visiteur: Visiteur, poste: Poste) -> bool:
    """An agent corrects the postes of his scope."""
    return _allows(Acte.TENIR_DONNEES, visiteur, poste, visiteur.portees)


def check_can_manage_poste(visiteur: Visiteur, poste: Poste | None) -> None:
    if poste is None or not can_manage_poste(visiteur, poste):
        raise Interdit("Cette page est réservée à l'ARS.", absent=visiteur.is_agent)


def can_write_referentiels(visiteur: Visiteur) -> bool:
    """Shared by the whole region: whoever holds a whole subdivision, not one groupe of it."""
    if regle_of(Acte.TENIR_REFERENTIELS, visiteur.role) is not Regle.PORTEE:
        return False
    return visiteur.role == Role.ADMINISTRATEUR or any(groupe is None for _, groupe in visiteur.portees)


def check_can_write_referentiels(visiteur: Visiteur) -> None:
    if not can_write_referentiels(visiteur):
        raise Interdit("Les référentiels se tiennent avec une subdivision entière dans sa portée.")
