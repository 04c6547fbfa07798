"""La file d'appel: who chooses, who comes next, who passed, with what the ARS knows of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gradin.domain.amphi.appel import couple_of, foreseen_order
from gradin.domain.amphi.parametres import Mode
from gradin.domain.amphi.state import Etat, Statut
from gradin.domain.eligibilite.situation import TypeChoix
from gradin.domain.texte import fold
from gradin.queries.regie.mots import TYPES, say_multiplicateur
from gradin.queries.regie.personnes import Personne

PROCHAINS = 40
PROCHES = 10
CAUSES = {"absent": "absent à son tour", "temps_ecoule": "temps écoulé", "agent": "passé par l’ARS"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneFile:
    """`ton`: choisit, alerte or nothing. `present`: connected now. `proche`: his tour comes soon.

    `suivi`: connections mean something here; in a room (`en_salle`) the agent calls.
    """

    interne: int
    rang: int
    nom: str
    detail: str
    statut: str
    present: bool
    retour: bool
    couple: bool
    ton: str
    proche: bool
    suivi: bool
    poste: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAppel:
    """`suite`: the one choosing and those to come; `reste`: how many more follow."""

    suite: tuple[LigneFile, ...]
    reste: int
    passes: tuple[LigneFile, ...]
    hors_choix: tuple[LigneFile, ...]
    ont_choisi: tuple[LigneFile, ...]
    presents: int
    attendus: int


def read_file(
    etat: Etat, personnes: Mapping[int, Personne], presents: frozenset[int], *, limite: int | None = PROCHAINS
) -> FileAppel:
    """`limite`: how many to come are read, None for all."""
    ordre = foreseen_order(etat)
    lues = ordre if limite is None else ordre[:limite]
    par_statut = {
        statut: [n for n in etat.ordre if etat.statuts[n] is statut]
        for statut in (Statut.PASSE, Statut.HORS_CHOIX, Statut.A_CHOISI)
    }

    def lines(internes: Iterable[int], *, proche: bool = False) -> tuple[LigneFile, ...]:
        return tuple(read_one(etat, numero, personnes, presents, proche=proche) for numero in internes)

    return FileAppel(
        suite=lines(lues[:PROCHES], proche=True) + lines(lues[PROCHES:]),
        reste=len(ordre) - len(lues),
        passes=lines(par_statut[Statut.PASSE]),
        hors_choix=lines(par_statut[Statut.HORS_CHOIX]),
        ont_choisi=lines(par_statut[Statut.A_CHOISI]) if limite is None else (),
        presents=len(presents & {*ordre}),
        attendus=len(ordre),
    )


def find_people(
    etat: Etat, personnes: Mapping[int, Personne], presents: frozenset[int], q: str
) -> tuple[LigneFile, ...]:
    """Whoever the words name, whatever his statut: the ARS has him on the telephone. A number is a rank."""
    mots = fold(q).split()

    def answers(numero: int) -> bool:
        personne = personnes.get(numero)
        nom = fold(personne.entier) if personne else ""
        return all(mot in nom or mot == str(etat.lignes[numero].rang) for mot in mots)

    trouves = [numero for numero in etat.ordre if answers(numero)] if mots else []
    return tuple(read_one(etat, numero, personnes, presents) for numero in trouves[:PROCHAINS])


def read_one(
    etat: Etat,
    numero: int,
    personnes: Mapping[int, Personne],
    presents: frozenset[int],
    *,
    proche: bool = False,
) -> LigneFile:
    personne = personnes.get(numero)
    choix = etat.choix.get(numero)
    suivi = etat.parametres.mode is Mode.EN_LIGNE
    return LigneFile(
        interne=numero,
        rang=etat.lignes[numero].rang,
        nom=personne.entier if personne else f"Interne n° {numero}",
        detail=", ".join(_details(etat, numero, personne)),
        statut=str(etat.statuts[numero]),
        present=numero in presents,
        retour=numero in etat.retours,
        couple=couple_of(etat, numero) is not None,
        ton=_ton(etat, numero, absent=suivi and proche and numero not in presents),
        proche=proche,
        suivi=suivi,
        poste=choix.poste if choix else "",
    )


def _details(etat: Etat, numero: int, personne: Personne | None) -> list[str]:
    """Type de choix first: it is nobody else's to read."""
    prive = etat.lignes[numero].prive
    mots = [TYPES[TypeChoix(prive.type_choix)]]
    if prive.multiplicateur != 1:
        mots.append(f"aménagement {say_multiplicateur(prive.multiplicateur)}")
    couple = couple_of(etat, numero)
    if couple is not None:
        autre = couple[1] if couple[0] == numero else couple[0]
        mots.append(f"en couple avec le rang {etat.lignes[autre].rang}")
    procuration = etat.procurations.get(numero)
    if procuration is not None:
        mots.append("procuration" if procuration.acceptee else "procuration non acceptée")
    if etat.statuts[numero] is Statut.PASSE and numero in etat.causes:
        mots.append(CAUSES[str(etat.causes[numero])])
    if personne and personne.absence_prevue:
        mots.append("absence prévue")
    if numero in etat.retours:
        mots.append("replacé")
    return mots


def _ton(etat: Etat, numero: int, *, absent: bool) -> str:
    statut = etat.statuts[numero]
    if statut is Statut.EN_COURS:
        return "choisit"
    return "alerte" if statut is Statut.A_VENIR and absent else ""
