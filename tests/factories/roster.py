"""A roster and an offer as an import leaves them: nothing prepared yet."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from gradin.data.amphis.models import Amphi
from gradin.data.internes.models import Inscription, Interne, Phase
from gradin.data.postes.models import Poste, Regime
from gradin.data.referentiel.models import Etablissement, Service
from gradin.operations.amphis.actes_avant import run_acte_avant
from gradin.operations.amphis.demarrage import demarrer_amphi
from gradin.queries.prevol import examine
from tests.factories.referentiel import make_des, make_groupe, make_semestre, make_subdivision


def make_inscrit(nom: str, *, phase: Phase = Phase.APPROFONDISSEMENT, **fields: Any) -> Inscription:
    """« Prénom <nom> », promotion 2024, three semesters; `fields` are those of Inscription."""
    ne_le = fields.pop("ne_le", date(1997, 1, 1))
    interne = Interne.objects.create(
        ine=f"INE{nom.upper()}", nom=nom, prenom="Prénom", ne_le=ne_le, cle_tri=nom.lower()
    )
    facts: dict[str, Any] = {"promotion": 2024, "rang_local": 1, "effectif_local": 10, "semestres_valides": 3}
    return Inscription.objects.create(
        interne=interne,
        semestre=make_semestre(),
        subdivision=make_subdivision(),
        phase=phase,
        **{"groupe": make_groupe(), "des": make_des(), **facts, **fields},
    )


def make_inscrits(noms: Sequence[str], **fields: Any) -> list[Inscription]:
    """Ranked in this order."""
    return [make_inscrit(nom, rang_local=rang, **fields) for rang, nom in enumerate(noms, start=1)]


def make_offert(numero: str, *, regime: Regime = Regime.AR_APPROFONDISSEMENT, **fields: Any) -> Poste:
    return Poste.objects.create(
        semestre=make_semestre(),
        subdivision=make_subdivision(),
        numero=numero,
        regime=regime,
        cle_tri=numero,
        **{
            "service": _make_service(f"{int(numero):08d}", f"Service {numero}"),
            "groupe": make_groupe(),
            "des": make_des(),
            **fields,
        },
    )


def start_prepared(amphi: Amphi) -> None:
    """Publish the list of a prepared amphi and start it at its hour, the pre-flight judging it."""
    assert amphi.debut is not None
    maintenant = round(amphi.debut.timestamp() * 1000)
    run_acte_avant("publier_liste", amphi.pk, auteur=None, maintenant=maintenant)
    reponse = demarrer_amphi(amphi.pk, auteur=None, maintenant=maintenant, prevol=examine)
    assert not reponse.refusee, reponse.corps


def _make_service(imotep: str, nom: str) -> Service:
    hopital, _ = Etablissement.objects.get_or_create(nom="CH de la Grange", ville="Lyon", cle_tri="ch")
    return Service.objects.get_or_create(imotep=imotep, nom=nom, etablissement=hopital, cle_tri=nom)[0]
