"""The journal of an amphi in words, with names and authors: for the ARS only."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from gradin.data.amphis.models import Fait
from gradin.data.comptes.models import Compte
from gradin.domain.eligibilite.situation import TypeChoix
from gradin.queries.regie.mots import TYPES, say_seconds
from gradin.queries.regie.personnes import Personne
from gradin.queries.visiteurs import ARS

LIGNES = 40
LABELS = {
    "pause": "Pause",
    "technique": "Pause technique",
    "repas": "Pause repas",
    "incident": "Pause, incident",
    "fin_de_journee": "Fin de journée",
}
CAUSES = {"absent": "absent", "temps_ecoule": "temps écoulé", "agent": "décision de l’ARS"}
RETOURS = {
    "connexion": "de retour en se connectant",
    "demande": "de retour à sa demande",
    "agent": "replacé par l’ARS",
    "couple": "replacé, couple défait",
}
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneLue:
    """`fort`: what begins the line; `auteur`: « S. Bonnet », empty for the platform itself."""

    n: int
    a: int
    fort: str
    texte: str
    auteur: str
    is_acte: bool
    motif: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lecture:
    """What a sentence is made of: the fact and who is who. `corriges`: choices annulled since, by line."""

    fait: str
    p: Json
    prive: Json
    rangs: Mapping[int, int]
    personnes: Mapping[int, Personne]
    corriges: Mapping[int, Json] = field(default_factory=dict)

    def who(self, numero: int) -> str:
        personne = self.personnes.get(numero)
        nom = personne.court if personne else f"interne n° {numero}"
        return f"{nom}, rang {self.rangs.get(numero, '?')}"


def read_journal(
    amphi: int, rangs: Mapping[int, int], personnes: Mapping[int, Personne], limite: int = LIGNES
) -> tuple[LigneLue, ...]:
    """The last lines, the newest first."""
    rows = Fait.objects.filter(amphi=amphi).order_by("-n")
    faits = [*rows.values_list("n", "a", "fait", "p", "ouverture__prive")[:limite]]
    noms = {(prive or {}).get(qui) or "" for *_, prive in faits for qui in ("auteur", "second")}
    auteurs, annules = _authors(noms), _annulled(amphi)
    lecture = Lecture(
        fait="", p={}, prive={}, rangs=rangs, personnes=personnes, corriges=_choices(amphi, annules)
    )
    lignes = (
        _read(n, a, replace(lecture, fait=fait, p=p, prive=prive or {}), auteurs)
        for n, a, fait, p, prive in faits
    )
    return tuple(
        replace(ligne, texte=f"{ligne.texte}, annulé depuis (ligne {annules[ligne.n]})")
        if ligne.n in annules
        else ligne
        for ligne in lignes
    )


def _annulled(amphi: int) -> dict[int, int]:
    """Line of a choice to the line that annuls it."""
    rows = Fait.objects.filter(amphi=amphi, fait="ChoixAnnule")
    return {p["n"]: n for n, p in rows.values_list("n", "p")}


def _choices(amphi: int, lignes: Iterable[int]) -> dict[int, Json]:
    return dict(Fait.objects.filter(amphi=amphi, n__in=[*lignes]).values_list("n", "p"))


def _read(n: int, a: int, lecture: Lecture, auteurs: Mapping[str, tuple[str, bool]]) -> LigneLue:
    fort, texte = PHRASES.get(lecture.fait, _unknown)(lecture)
    auteur, agent = auteurs.get(lecture.prive.get("auteur", ""), ("", False))
    second = lecture.prive.get("second")
    if second:
        auteur = f"{auteur} et {auteurs.get(second, ('un second agent', True))[0]}"
    return LigneLue(
        n=n,
        a=a,
        fort=fort,
        texte=texte,
        auteur=auteur if agent else "",
        is_acte=agent,
        motif=lecture.prive.get("motif", "") or "",
    )


def _authors(noms: set[str]) -> dict[str, tuple[str, bool]]:
    """Opaque name in the journal → (« S. Bonnet », is it an agent)."""
    pks = {int(nom.removeprefix("compte:")) for nom in noms if nom.startswith("compte:")}
    comptes = Compte.objects.filter(pk__in=pks).values_list("pk", "nom_affiche", "email", "role")
    return {f"compte:{pk}": (_initial(nom or courriel), role in ARS) for pk, nom, courriel, role in comptes}


def _initial(nom: str) -> str:
    prenom, _, reste = nom.partition(" ")
    return f"{prenom[:1]}. {reste}" if reste else nom


def _unknown(lecture: Lecture) -> tuple[str, str]:
    return "", lecture.fait


def _started(lecture: Lecture) -> tuple[str, str]:
    return "Amphithéâtre commencé", f", {len(lecture.p['liste'])} internes, {len(lecture.p['offre'])} postes"


def _chosen(lecture: Lecture) -> tuple[str, str]:
    voie = {"mandataire": ", par procuration", "liste_armee": ", liste armée", "ars": ", saisi par l’ARS"}
    mots = voie.get(lecture.prive.get("voie", ""), "")
    type_choix = lecture.prive.get("type_choix", "classique")
    if type_choix != TypeChoix.CLASSIQUE:
        mots += f", {TYPES[TypeChoix(type_choix)]}"
    return f"N°\u00a0{lecture.p['poste']}", f" choisi par {lecture.who(lecture.p['interne'])}{mots}"


def _annulment(lecture: Lecture) -> tuple[str, str]:
    n = lecture.p["n"]
    choix = lecture.corriges[n]
    return "Choix annulé", f", n°\u00a0{choix['poste']} de {lecture.who(choix['interne'])} (ligne {n})"


def _passed(lecture: Lecture) -> tuple[str, str]:
    cause = CAUSES.get(lecture.prive.get("cause", ""), "")
    return "", f"Tour passé, {lecture.who(lecture.p['interne'])} ({cause})"


def _returned(lecture: Lecture) -> tuple[str, str]:
    retour = RETOURS.get(lecture.prive.get("retour", ""), "de retour")
    return "", f"{lecture.who(lecture.p['interne'])} {retour}"


def _paused(lecture: Lecture) -> tuple[str, str]:
    texte = lecture.prive.get("texte", "")
    return "", LABELS.get(lecture.p["label"], "Pause") + (f"\u00a0: «\u00a0{texte}\u00a0»" if texte else "")


def _outage(lecture: Lecture) -> tuple[str, str]:
    return "Panne constatée", f", {say_seconds(lecture.p['a'] - lecture.p['de'])} rendues"


def _reserved_act(lecture: Lecture) -> tuple[str, str]:
    acte, prive = lecture.prive.get("acte", ""), lecture.prive
    qui = lecture.who(prive["interne"]) if "interne" in prive else ""
    match acte:
        case "type_choix":
            return "", f"Type de choix\u00a0: {TYPES[TypeChoix(prive['type_choix'])]}, {qui}"
        case "multiplicateur":
            return "", f"Temps × {prive['multiplicateur']}, {qui}"
        case "mandataire":
            return "", f"Procuration {'reçue' if prive.get('mandataire') else 'annulée'}, {qui}"
        case "presence":
            return "", f"Vu à temps, {qui}"
        case _:
            return "", f"Règle dépassée, {qui}"


def _couple(mot: str) -> Callable[[Lecture], tuple[str, str]]:
    return lambda lecture: ("", f"{mot}\u00a0: {' et '.join(lecture.who(n) for n in lecture.p['internes'])}")


def _poste(mot: str) -> Callable[[Lecture], tuple[str, str]]:
    return lambda lecture: (f"N°\u00a0{lecture.p['poste']}", f" {mot}")


PHRASES: Mapping[str, Callable[[Lecture], tuple[str, str]]] = {
    "AmphiDemarre": _started,
    "ListeCorrigee": lambda lu: ("Liste corrigée", f", {len(lu.p['liste'])} lignes"),
    "SessionOuverte": lambda lu: ("", f"Session {lu.p['session']} commencée"),
    "PauseDebutee": _paused,
    "PauseTerminee": lambda _: ("", "Reprise"),
    "PanneConstatee": _outage,
    "TourOuvert": lambda lu: ("", f"Tour ouvert, {lu.who(lu.p['interne'])}"),
    "TourProlonge": lambda lu: ("", f"Tour prolongé de {say_seconds(lu.p['ms'])}"),
    "TourPasse": _passed,
    "RetourPlace": _returned,
    "ChoixConfirme": _chosen,
    "ChoixAnnule": _annulment,
    "PosteAjoute": _poste("ajouté à l’offre"),
    "PosteRetire": _poste("retiré de l’offre"),
    "ReserveLevee": _poste("n’est plus réservé"),
    "CoupleForme": _couple("Couple"),
    "CoupleDefait": _couple("Couple défait"),
    "HorsChoixConstate": lambda lu: ("", f"{lu.who(lu.p['interne'])} ne choisit pas"),
    "RattrapageOuvert": lambda lu: ("Rattrapage", f", {len(lu.p['internes'])} internes"),
    "AmphiClos": lambda _: ("Amphithéâtre clos", ""),
    "MessageDiffuse": lambda lu: ("Message à tous", f"\u00a0: «\u00a0{lu.prive.get('texte', '')}\u00a0»"),
    "ActeReserve": _reserved_act,
}
