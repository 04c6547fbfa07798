"""What a closed amphi has produced: attestations made, mails of choices, who is left without a poste."""

from dataclasses import dataclass

from django.db.models import Count, Q

from gradin.data.amphis.models import Affectation, Place, Statut
from gradin.data.attestations.models import Attestation
from gradin.data.courriers.models import Envoi


@dataclass(frozen=True, slots=True, kw_only=True)
class Apres:
    """`delivrees`: made at least once. `perdus`: mails refused, given up, or of a wrong address."""

    choix: int
    delivrees: int
    remplacees: int
    partis: int
    en_attente: int
    perdus: int
    sans_poste: int


def read_apres(amphi: int) -> Apres:
    perdu = Q(dead_at__isnull=False) | Q(wrong_at__isnull=False)
    courriels = Envoi.objects.filter(
        Q(cle__startswith=f"choix-{amphi}-") | Q(cle__startswith=f"annulation-{amphi}-")
    ).aggregate(
        partis=Count("pk", filter=Q(sent_at__isnull=False) & ~perdu),
        en_attente=Count("pk", filter=Q(sent_at=None) & ~perdu),
        perdus=Count("pk", filter=perdu),
    )
    faites = Attestation.objects.filter(affectation__amphi=amphi)
    return Apres(
        choix=Affectation.objects.filter(amphi=amphi, annulee=False).count(),
        delivrees=faites.filter(revoked_at=None, affectation__annulee=False).count(),
        remplacees=faites.filter(Q(revoked_at__isnull=False) | Q(affectation__annulee=True)).count(),
        sans_poste=Place.objects.filter(amphi=amphi, statut__in=(Statut.PASSE, Statut.A_VENIR)).count(),
        **courriels,
    )
