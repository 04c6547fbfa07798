"""The snapshot of an amphi: what a page needs to show the room at one line of the journal, per audience."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gradin.data.amphis.models import Amphi, Fait, ListeAppel, Offre, Place, SessionChoix
from gradin.domain.amphi.lecture import etat_poste
from gradin.domain.amphi.projection import Audience
from gradin.domain.amphi.state import Etat
from gradin.queries.public.amphis import etat_shown

Json = dict[str, Any]


def read_instantane(
    amphi: Amphi, etat: Etat, audience: Audience, presents: frozenset[int] = frozenset()
) -> Json:
    """A started amphi at `etat.seq`; `presents` is told to the régie alone."""
    public = audience is Audience.PUBLIC
    return _head(amphi, etat.seq, str(etat.etat)) | compose_instantane(
        etat,
        audience,
        presents=presents,
        noms={} if public else names_of(amphi.pk),
        pause_depuis=None if etat.pause is None else _pause_start(amphi),
        messages=[] if public else _messages(amphi),
    )


def compose_instantane(
    etat: Etat,
    audience: Audience,
    *,
    noms: Mapping[int, str],
    pause_depuis: int | None,
    messages: list[Json],
    presents: frozenset[int] = frozenset(),
) -> Json:
    """What the state says, and what no state holds: names, the start of the pause, texts of messages."""
    postes = [{"poste": poste, "etat": etat_poste(etat, poste)} for poste in etat.postes]
    corps: Json = {
        "session": etat.sessions_ouvertes if etat.session_en_cours else None,
        "sessions": [
            {"session": s.session, "debut": s.debut, "fin": s.fin, "rang_de": s.rang_de, "rang_a": s.rang_a}
            for s in etat.sessions
        ],
        "tour": _tour(etat, audience),
        "pause": _pause(etat, pause_depuis),
        "retours": sorted(etat.retours),
        "couples": [list(couple) for couple in etat.couples],
        "couple_attendu": etat.couple_attendu,
        "liste": _liste(etat, audience, noms, presents),
        "postes": postes,
        "compteurs": _compteurs(postes),
    }
    if audience is not Audience.PUBLIC:
        corps["messages"] = messages
    if audience is Audience.REGIE:
        corps["compteurs"]["surnombres"] = sum(etat.surnombres.values())
    return corps


def code_of(amphi: Amphi) -> str:
    """`LYON/2027-05/3/approfondissement`, the name that commands take."""
    code = f"{amphi.subdivision.code}/{amphi.semestre.code}/{amphi.groupe.code}/{amphi.phase}"
    return f"{code}/{amphi.variante}" if amphi.variante else code


def _head(amphi: Amphi, seq: int, etat: str) -> Json:
    return {
        "id": amphi.pk,
        "code": code_of(amphi),
        "intitule": amphi.intitule,
        "seq": seq,
        "offre": amphi.version_offre,
        "etat": etat,
    }


def _tour(etat: Etat, audience: Audience) -> Json | None:
    """Others are shown the length of everybody's tour; only the régie reads the real end."""
    tour = etat.tour
    if tour is None:
        return None
    fin = tour.fin if audience is Audience.REGIE else tour.fin_publique
    return {
        "tour": tour.tour,
        "interne": tour.interne,
        "debut": tour.debut,
        "fin": fin,
        "suspendu": tour.suspendu,
    }


def _pause_start(amphi: Amphi) -> int | None:
    debuts = Fait.objects.filter(amphi=amphi.pk, fait="PauseDebutee").order_by("-n")
    return debuts.values_list("a", flat=True).first()


def _pause(etat: Etat, depuis: int | None) -> Json | None:
    if etat.pause is None:
        return None
    reste = None
    if etat.tour is not None and etat.tour.suspendu is not None:
        reste = max(0, etat.tour.fin_publique - etat.tour.suspendu)
    return {"a": depuis, "label": str(etat.pause), "reste": reste}


def _liste(etat: Etat, audience: Audience, noms: Mapping[int, str], presents: frozenset[int]) -> list[Json]:
    """Public fields by default; a name for those of the amphi; the rest for the régie alone."""
    liste = []
    for interne in etat.ordre:
        ligne = etat.lignes[interne]
        choix = etat.choix.get(interne)
        dit: Json = {
            "interne": interne,
            "rang": ligne.rang,
            "statut": str(etat.statuts[interne]),
            "poste": choix.poste if choix else None,
        }
        if audience is not Audience.PUBLIC:
            dit["nom"] = noms.get(interne, "")
        if audience is Audience.REGIE:
            dit["type_choix"] = str(choix.type_choix if choix else ligne.prive.type_choix)
            dit["presence"] = interne in presents
        liste.append(dit)
    return liste


def names_of(amphi: int) -> Mapping[int, str]:
    """Number in the started list → « Prénom Nom »."""
    rows = Place.objects.filter(amphi=amphi, numero__isnull=False).values_list(
        "numero", "inscription__interne__prenom", "inscription__interne__nom"
    )
    return {numero: f"{prenom} {nom}" for numero, prenom, nom in rows if numero is not None}


def _messages(amphi: Amphi) -> list[Json]:
    rows = (
        Fait.objects.filter(amphi=amphi.pk, fait="MessageDiffuse")
        .order_by("n")
        .values_list("n", "a", "ouverture__prive")
    )
    return [{"n": n, "a": a, "texte": (prive or {}).get("texte", "")} for n, a, prive in rows]


def _compteurs(postes: list[Json]) -> Json:
    offerts = sum(poste["etat"] != "retire" for poste in postes)
    choisis = sum(poste["etat"] == "pourvu" for poste in postes)
    return {"offerts": offerts, "choisis": choisis, "restants": offerts - choisis}


def read_before_start(amphi: Amphi, audience: Audience, maintenant: datetime) -> Json:
    """No journal yet: the published list if there is one, the offer, the hours foreseen."""
    postes = [
        {"poste": numero, "etat": etat}
        for numero, etat in Offre.objects.filter(amphi=amphi.pk)
        .order_by("poste__cle_tri")
        .values_list("poste__numero", "poste__etat")
    ]
    sessions = SessionChoix.objects.filter(amphi=amphi.pk)
    corps = _head(amphi, 0, etat_shown(amphi, maintenant)) | {
        "session": None,
        "sessions": [
            {
                "session": s.numero,
                "debut": _ms(s.debut),
                "fin": _ms(s.fin),
                "rang_de": s.rang_de,
                "rang_a": s.rang_a,
            }
            for s in sessions
        ],
        "tour": None,
        "pause": None,
        "retours": [],
        "couples": [],
        "couple_attendu": None,
        "liste": _published_liste(amphi, audience),
        "postes": postes,
        "compteurs": _compteurs(postes),
    }
    if audience is not Audience.PUBLIC:
        corps["messages"] = []
    return corps


def _published_liste(amphi: Amphi, audience: Audience) -> list[Json]:
    """Nobody is numbered yet; who does not choose this semester is not told (rules.md §9)."""
    published = ListeAppel.objects.filter(amphi=amphi.pk, published_at__isnull=False).exists()
    if not published and audience is not Audience.REGIE:
        return []
    places = Place.objects.filter(amphi=amphi.pk, rang__isnull=False).order_by("rang")
    liste = []
    for rang, prenom, nom, type_choix in places.values_list(
        "rang", "inscription__interne__prenom", "inscription__interne__nom", "inscription__type_choix"
    ):
        dit: Json = {"interne": None, "rang": rang, "statut": "a_venir", "poste": None}
        if audience is not Audience.PUBLIC:
            dit["nom"] = f"{prenom} {nom}"
        if audience is Audience.REGIE:
            dit["type_choix"], dit["presence"] = type_choix, False
        liste.append(dit)
    return liste


def _ms(instant: datetime) -> int:
    return round(instant.timestamp() * 1000)
