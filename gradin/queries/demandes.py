"""What one interne has asked for this semestre: his type de choix, and until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from gradin.data.amphis.models import Affectation
from gradin.data.demandes.models import DemandeStatut, EtatDemande
from gradin.data.internes.models import Inscription, TypeChoix
from gradin.data.publications.models import Categorie, Evenement
from gradin.domain.rang.semestre import parse_semestre

# « Classique » first: what everybody is unless he asks.
TYPES = tuple((str(value), str(label)) for value, label in TypeChoix.choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandeLue:
    """`etat_mots`: the manual's (« Changement en cours », « Changement accepté »)."""

    souhaite_mots: str
    etat: str
    etat_mots: str
    demandee_le: int
    decidee_le: int | None
    motif_refus: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatutLu:
    """`courante`: the last demand, while it says something of the type in force. `poste`: once chosen."""

    inscription: int
    semestre: str
    fuseau: str
    type_choix: str
    type_mots: str
    possibles: tuple[tuple[str, str], ...]
    courante: DemandeLue | None
    anciennes: tuple[DemandeLue, ...]
    poste: str

    @property
    def en_cours(self) -> bool:
        return self.courante is not None and self.courante.etat == EtatDemande.EN_COURS


def inscription_courante(interne: int) -> Inscription | None:
    """Demands and procurations belong to a semestre: that of his last inscription (rules.md §5)."""
    return (
        Inscription.objects.select_related("semestre", "subdivision", "interne")
        .filter(interne=interne)
        .order_by("-semestre__code")
        .first()
    )


def read_statut(interne: int) -> StatutLu | None:
    inscription = inscription_courante(interne)
    if inscription is None:
        return None
    demandes = [_demande(demande) for demande in inscription.demandes_statut.all()]
    return StatutLu(
        inscription=inscription.pk,
        semestre=parse_semestre(inscription.semestre.code).libelle,
        fuseau=inscription.subdivision.fuseau,
        type_choix=inscription.type_choix,
        type_mots=inscription.get_type_choix_display(),
        possibles=tuple(type_ for type_ in TYPES if type_[0] != inscription.type_choix),
        courante=demandes[0] if demandes else None,
        anciennes=tuple(demandes[1:]),
        poste=poste_of(inscription),
    )


def closed_since(inscription: int, maintenant: datetime) -> datetime | None:
    """The calendar's last day to ask for a surnombre, once it is over; it forbids nothing by itself."""
    row = Inscription.objects.get(pk=inscription)
    dates = Evenement.objects.filter(
        semestre=row.semestre_id,
        subdivision=row.subdivision_id,
        categorie=Categorie.ECHEANCE,
        annule=False,
        titre__icontains="surnombre",
    ).filter(Q(groupe=None) | Q(groupe=row.groupe_id))
    dernier = dates.order_by("-debut").first()
    if dernier is None:
        return None
    fin = dernier.fin or dernier.debut
    return fin if maintenant >= fin + timedelta(days=1 if dernier.journee else 0) else None


def _demande(demande: DemandeStatut) -> DemandeLue:
    return DemandeLue(
        souhaite_mots=demande.get_souhaite_display(),
        etat=demande.etat,
        etat_mots=demande.get_etat_display(),
        demandee_le=demande.asked_at,
        decidee_le=demande.decided_at,
        motif_refus=demande.motif_refus,
    )


def poste_of(inscription: Inscription) -> str:
    affectation = Affectation.objects.filter(
        interne=inscription.interne_id, semestre=inscription.semestre_id, annulee=False
    )
    return affectation.values_list("poste__numero", flat=True).first() or ""
