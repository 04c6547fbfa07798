"""Demands of couple: mine in one amphi, and those that the ARS has to answer."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from gradin.data.amphis.models import Place, Statut
from gradin.data.demandes.models import DemandeCouple, EtatCouple


@dataclass(frozen=True, slots=True, kw_only=True)
class CoupleLu:
    """One demand. `a_repondre`: the reader was invited and has not answered. Instants in ms UTC."""

    pk: int
    etat: str
    etat_mots: str
    demandeur: str
    rang_demandeur: int | None
    invite: str
    rang_invite: int | None
    asked_at: int
    motif_refus: str
    en_cours: bool
    a_repondre: bool

    @property
    def attend_ars(self) -> bool:
        return self.en_cours and self.etat == EtatCouple.ACCEPTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Partenaire:
    """Somebody one may ask: the id of his place."""

    place: int
    rang: int | None
    nom: str

    @property
    def mot(self) -> str:
        """The line of the list: two of one name have two ranks."""
        return f"{self.rang} · {self.nom}" if self.rang else self.nom


def own_couples(interne: int, amphi: int) -> tuple[CoupleLu, ...]:
    siennes = Q(demandeur__interne=interne) | Q(invite__interne=interne)
    return _read(amphi, DemandeCouple.objects.filter(siennes, amphi=amphi), interne)


def couples_of_amphi(amphi: int) -> tuple[CoupleLu, ...]:
    """What both have accepted: before that it is no business of the ARS."""
    return _read(amphi, DemandeCouple.objects.filter(amphi=amphi, accepted_at__isnull=False), None)


def possible_partners(amphi: int, interne: int) -> tuple[Partenaire, ...]:
    """Those of the list who have not had their tour."""
    places = Place.objects.filter(amphi=amphi, statut=Statut.A_VENIR).exclude(inscription__interne=interne)
    rows = places.values_list(
        "pk", "rang", "inscription__interne__prenom", "inscription__interne__nom"
    ).order_by("rang", "pk")
    return tuple(Partenaire(place=pk, rang=rang, nom=f"{prenom} {nom}") for pk, rang, prenom, nom in rows)


def awaits_my_answer(interne: int, amphi: int) -> bool:
    return DemandeCouple.objects.filter(
        amphi=amphi, invite__interne=interne, etat=EtatCouple.PROPOSE, ended_at=None
    ).exists()


def _read(amphi: int, demandes: QuerySet[DemandeCouple], interne: int | None) -> tuple[CoupleLu, ...]:
    rows = [*demandes.select_related("demandeur__interne", "invite__interne")]
    rangs = dict(Place.objects.filter(amphi=amphi).values_list("inscription", "rang")) if rows else {}
    return tuple(
        CoupleLu(
            pk=row.pk,
            etat=row.etat,
            etat_mots=row.get_etat_display(),
            demandeur=str(row.demandeur.interne),
            rang_demandeur=rangs.get(row.demandeur_id),
            invite=str(row.invite.interne),
            rang_invite=rangs.get(row.invite_id),
            asked_at=row.asked_at,
            motif_refus=row.motif_refus,
            en_cours=row.ended_at is None,
            a_repondre=row.etat == EtatCouple.PROPOSE
            and row.ended_at is None
            and row.invite.interne_id == interne,
        )
        for row in rows
    )
