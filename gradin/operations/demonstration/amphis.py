"""Prepares the amphis of the demonstration: hours around now, lists published, states as planned."""

from datetime import datetime, timedelta

from django.db import transaction

from gradin.data.amphis.models import Amphi, EtatAmphi, SessionChoix
from gradin.operations.amphis import run_commande_agent
from gradin.operations.demonstration import plan
from gradin.operations.preparation.amphis import DemandePreparation, prepare_amphis
from gradin.operations.preparation.horaires import set_sessions, to_local
from gradin.operations.preparation.listes import confirm_ex_aequo
from gradin.queries.visiteurs import Visiteur

FAVORIS = timedelta(days=7)


def has_started(semestre: str) -> bool:
    """The demonstration has been played, so that it is left as it is."""
    return Amphi.objects.filter(semestre__code=semestre, seq__gt=0).exists()


def prepare_scenes(
    semestre: str, subdivision: str, graine: str, maintenant: datetime, programme: plan.Programme
) -> int:
    """All amphis of the semestre; gives back how many."""
    demande = DemandePreparation(semestre=semestre, subdivision=subdivision, graine=graine)
    prepares = prepare_amphis(demande, maintenant=maintenant)
    amphis = Amphi.objects.filter(semestre__code=semestre).select_related("groupe", "subdivision", "semestre")
    scenes = {(scene.groupe, scene.phase): scene for scene in programme.scenes}
    with transaction.atomic():
        for amphi in amphis:
            scene = scenes.get((amphi.groupe.code, amphi.phase))
            _set_stage(amphi, scene, maintenant, programme)
    return len(prepares)


def _set_stage(
    amphi: Amphi, scene: plan.Scene | None, maintenant: datetime, programme: plan.Programme
) -> None:
    minutes = plan.AUTRES if scene is None else scene.debut
    debut = _round(maintenant + timedelta(minutes=minutes))
    amphi.parametres |= plan.PARAMETRES
    amphi.etat = EtatAmphi.BROUILLON if scene is not None and scene.etat == "brouillon" else EtatAmphi.VALIDE
    amphi.save(update_fields=["parametres", "etat"])
    if scene is not None and scene in programme.jouees:
        minutes = plan.MINUTES_PAR_SESSION if scene is plan.EN_DIRECT else plan.MINUTES_JOUEES
        _cut_by_hand(amphi, maintenant + timedelta(minutes=scene.debut), timedelta(minutes=minutes))
    elif (amphi.groupe.code, amphi.phase) in plan.RELAIS:
        _cut_by_hand(amphi, debut, timedelta(minutes=plan.MINUTES_RELAIS))
    else:
        liste = amphi.listes.order_by("-version").first()
        assert liste is not None
        set_sessions(amphi, liste, to_local(amphi, debut), maintenant=maintenant)


def _round(instant: datetime) -> datetime:
    """To the five minutes before, as an ARS would write an hour."""
    return instant - timedelta(
        minutes=instant.minute % 5, seconds=instant.second, microseconds=instant.microsecond
    )


def _cut_by_hand(amphi: Amphi, debut: datetime, duree: timedelta) -> None:
    """Sessions at hours that have truly gone by, were it a Sunday at midnight."""
    debut = debut.replace(second=0, microsecond=0)
    effectif = amphi.places.count()
    amphi.sessions.all().delete()
    sessions = [
        SessionChoix(
            amphi=amphi,
            numero=numero,
            debut=debut + (numero - 1) * duree,
            fin=debut + numero * duree,
            rang_de=rang,
            rang_a=min(effectif, rang + plan.INTERNES_PAR_SESSION - 1),
        )
        for numero, rang in enumerate(range(1, effectif + 1, plan.INTERNES_PAR_SESSION), start=1)
    ]
    SessionChoix.objects.bulk_create(sessions)
    amphi.debut, amphi.fin = sessions[0].debut, sessions[-1].fin
    amphi.ouverture_favoris = debut - FAVORIS
    amphi.save(update_fields=["debut", "fin", "ouverture_favoris"])


def publish_scenes(semestre: str, agent: Visiteur, maintenant: datetime, programme: plan.Programme) -> None:
    """Ties confirmed, then the acts that the agent would click."""
    ms = round(maintenant.timestamp() * 1000)
    for scene in programme.scenes:
        amphi = amphi_of(semestre, scene)
        if amphi is None or not scene.publiee:
            continue
        confirm_ex_aequo(amphi.pk, auteur=agent.courriel, maintenant=maintenant)
        for acte in ("publier_liste", "valider", "ouvrir"):
            run_commande_agent(amphi.pk, {"type": acte}, agent, ms)


def amphi_of(semestre: str, scene: plan.Scene) -> Amphi | None:
    return Amphi.objects.filter(
        semestre__code=semestre, groupe__code=scene.groupe, phase=scene.phase, variante=""
    ).first()
