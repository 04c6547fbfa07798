"""What the terminal says of a demonstration: its addresses, its accounts, which amphi is played when."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from gradin.operations.demonstration.comptes import AGENTS, MOT_DE_PASSE
from gradin.operations.demonstration.partenaires import NOMS
from gradin.queries.demonstration import OFFERTS, InscriptionAEssayer
from gradin.queries.relais import AmphiDuRelais, PersonneDuRelais

DOCTEUR_JUNIOR = "docteur.junior1@gradin.demo"
FUSEAU = ZoneInfo("Europe/Paris")
# What a tour of the robots takes, absent ones included: the first amphi, the following ones.
TOUR_S = (6.5, 10.0)
ENTRACTE = timedelta(minutes=1)
BIENVENUE = """
  Gradin, démonstration : {url}

  À essayer d’abord
    1. Ouvrez la page : un robot choisit toutes les 3 à 8 secondes.
    2. Bandeau « Démonstration » → {bientot} : quand vient son tour (l’heure est plus bas),
       vous avez 90 secondes pour choisir, puis « Oui je confirme ».
       Si personne n’est connecté à sa place, un robot choisit pour elle à la fin de ses 90 secondes :
       le bandeau propose alors la personne suivante.
    3. Dans une fenêtre privée → {agent} : mettez en pause, reprenez, envoyez un message à tous.

  Les amphithéâtres se suivent sans vous attendre (heures approchées)
{relais}
    Après le dernier, vers {fin}, plus personne ne choisit et tout reste à lire. Arrêtez et relancez
    « make run » : la démonstration reprend où elle en était, ou une neuve commence si tout est fini.

  Comptes (mot de passe de tous : {mot_de_passe})
{comptes}

  S’inscrire ({url}inscription/)
{inscription}
  API : {url}api/v1/docs     Robots : {robots}
  Ctrl+C arrête tout.
"""


def tell(
    *,
    port: int,
    relais: Sequence[AmphiDuRelais],
    inscription: InscriptionAEssayer | None,
    dossier: Path,
    robots: Path,
    maintenant: int,
) -> str:
    debut = datetime.fromtimestamp(maintenant / 1000, UTC)
    lignes, fin = _timetable(relais, debut)
    attend = next((qui.nom for amphi in relais for qui in amphi.personnes if qui.devant is not None), "")
    return BIENVENUE.format(
        url=f"http://127.0.0.1:{port}/",
        bientot=attend or OFFERTS[0].nom,
        agent=OFFERTS[-1].nom,
        relais="\n".join(lignes),
        fin=_hour(fin),
        mot_de_passe=MOT_DE_PASSE,
        comptes="\n".join(_accounts()),
        inscription=_sign_up(inscription, dossier),
        robots=robots,
    )


def _timetable(relais: Sequence[AmphiDuRelais], debut: datetime) -> tuple[list[str], datetime]:
    """Each amphi with its hour, under it who of the banner chooses there; and when the last one ends."""
    lignes: list[str] = []
    for rang, amphi in enumerate(relais):
        if not amphi.a_jouer:
            continue
        en_cours = amphi.etat in ("en_cours", "pause")
        lignes.append(f"    {'en direct' if en_cours else 'vers ' + _hour(debut):<11}  {amphi.nom}")
        pas = timedelta(seconds=TOUR_S[min(rang, 1)])
        lignes.extend(_person(qui, debut, pas) for qui in amphi.personnes)
        debut += amphi.attendent * pas + ENTRACTE
    return lignes, debut


def _person(qui: PersonneDuRelais, debut: datetime, pas: timedelta) -> str:
    quand = "a déjà choisi" if qui.devant is None else f"choisit vers {_hour(debut + qui.devant * pas)}"
    return f"{'':17}{qui.nom}, {qui.courriel}, {quand}"


def _accounts() -> Iterator[str]:
    """The banner's, the second agent, the partners of the ARS, a candidate of the matching."""
    premier, second = AGENTS
    lignes = [
        *((offert.courriel, f"{offert.nom}, interne") for offert in OFFERTS[:-1]),
        (premier[0], f"{premier[1]}, ARS"),
        (second[0], f"{second[1]}, ARS : second agent (corriger un choix, clore avant la fin)"),
        *((courriel, f"{nom}, {_small(role.label)}") for role, (courriel, nom, _) in NOMS.items()),
        (DOCTEUR_JUNIOR, "docteur junior, appariement"),
    ]
    largeur = max(len(courriel) for courriel, _ in lignes)
    return (f"    {courriel:<{largeur}}  {qui}" for courriel, qui in lignes)


def _sign_up(elle: InscriptionAEssayer | None, dossier: Path) -> str:
    if elle is None:
        return "    C’est fait : son compte existe.\n"
    texte = (
        "    {prenom} {nom}, née le {ne_le:%d/%m/%Y}, {courriel},\n"
        "    INE {ine}, téléphone {telephone}. Le courriel arrive dans {courriels}.\n"
    )
    return texte.format(courriels=dossier / "courriers", **asdict(elle))


def _hour(instant: datetime) -> str:
    return f"{instant.astimezone(FUSEAU):%-H h %M}"


def _small(texte: str) -> str:
    return texte[:1].lower() + texte[1:]
