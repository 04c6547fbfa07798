"""The shipped nginx in front of three processes: TLS, streams, limits, addresses, a restart of each."""

import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from assurance.essai import Essai
from assurance.experiences.roulement import INTERNES, PAR_SECONDE, cut_short
from assurance.foule import Choisisseur, Foule, figures, wrongs
from assurance.monde import Salle, choose, open_salle, open_tour, size_for
from assurance.regards import count_by_address, keep_secrets, look
from assurance.relais import NOM, Relais
from assurance.resultat import Resultat, Verdict
from gradin.data.amphis.models import Fait
from tests.serveur import Serveur, running

INVARIANTS = "I16, I31, I43, C03, F23, `deploy/nginx`"
INJECTE = (
    "people read and choose over HTTPS through nginx as shipped, both live processes restarted in turn; "
    "forged addresses, too large a body, a link of a mail"
)
PROCESSUS = 2
LECTEURS = 60
# The control makes a choice too.
RESTE = 3
# One stream: this long to come through is kept back.
RETENU_S = 1.0
# Our own header asks for the same as « proxy_buffering off »: the control ignores both.
GARDER = "proxy_buffering on; proxy_ignore_headers X-Accel-Buffering;"


def run(essai: Essai) -> Iterator[Resultat]:
    salle = open_salle(size_for(essai.secondes, PAR_SECONDE, INTERNES), duree_tour_ms=600_000)
    with ExitStack() as pile:
        dossier = Path(pile.enter_context(tempfile.TemporaryDirectory(prefix="relais-")))
        directs = [pile.enter_context(running(**options("direct"))) for _ in range(PROCESSUS)]
        pages = pile.enter_context(running(**options("pages")))
        relais = Relais(dossier, [un.port for un in directs], [pages.port])
        dit_nginx = relais.check()
        pile.enter_context(relais)
        retards = delays(relais, salle)
        fautes = [*look(relais), *count_by_address(relais, pages), *keep_secrets(relais)]
        fautes += [f"a stream came {retards[-1]:.1f} s late"] if retards[-1] > RETENU_S else []
        fautes += ["nginx -t warns"] * ("warn" in dit_nginx)
        foule = Foule(
            salle,
            relais.port,
            nombre=LECTEURS,
            coupures=0,
            graine=essai.graine,
            hote=NOM,
            certificat=str(relais.certificat),
        )
        choisisseur, redemarrages = restart_in_turn(essai, salle, relais, directs)
        lus = foule.judge()
        temoin = kept_back(relais, salle, directs, pages)
    pannes = Fait.objects.filter(amphi=salle.amphi, fait="PanneConstatee", n__gt=10).count()
    fautes += salle.judge() + cut_short(salle) + ([f"{pannes} outages found"] if pannes else [])
    fautes += [f"{choisisseur.refus} choices refused"] * bool(choisisseur.refus)
    verdict = Verdict.ROMPU if wrongs(lus) or fautes else Verdict.TENU
    if verdict is Verdict.TENU and temoin < RETENU_S:
        verdict = Verdict.TEMOIN
    yield Resultat(
        nom="Behind the shipped nginx",
        invariants=INVARIANTS,
        injecte=INJECTE,
        n=redemarrages,
        unite="restarts",
        verdict=verdict,
        chiffres={
            **figures(lus),
            "choices": str(len(salle.recus)),
            "clicks sent again": str(choisisseur.repris),
            "slowest choice, sent again or not": f"{choisisseur.pire_s:.1f} s",
            "a fact through nginx, from the answer on, p50 and worst of 20": (
                f"{retards[10] * 1000:.0f} and {retards[-1] * 1000:.0f} ms"
            ),
            "checked once": "HTTP/2, redirection, unknown name, measures hidden, 26 MiB refused, "
            "tries counted by address whatever X-Forwarded-For says, no link in the log",
        },
        temoin=f"with proxy_buffering on a fact comes {temoin:.0f} s late or more",
        remarque="; ".join(fautes[:4]),
        **essai.commun,
    )


def options(role: str) -> dict[str, object]:
    """What gradin.env has behind a proxy with TLS."""
    return {"options": ("--role", role), "GRADIN_HTTPS": "1", "GRADIN_URL": f"https://{NOM}"}


def restart_in_turn(
    essai: Essai, salle: Salle, relais: Relais, directs: list[Serveur]
) -> tuple[Choisisseur, int]:
    choisisseur = Choisisseur(salle, [relais.port], relais.connect, tour=open_tour(salle) - 1, reste=RESTE)
    fil = threading.Thread(target=choisisseur.run, daemon=True)
    fil.start()
    redemarrages = 0
    while redemarrages < 2 * PROCESSUS or essai.goes_on(0.7):
        time.sleep(1)
        serveur = directs[redemarrages % PROCESSUS]
        serveur.stop()
        serveur.start()
        redemarrages += 1
    choisisseur.arret.set()
    fil.join()
    return choisisseur, redemarrages


def delays(relais: Relais, salle: Salle, nombre: int = 20) -> list[float]:
    """Seconds from the answer to a choice until its fact has come through; sorted."""
    connexion = relais.connect(relais.port)
    connexion.request("GET", f"{salle.chemin}/direct")
    flux = connexion.getresponse()
    mesures = []
    premier = open_tour(salle)
    for tour in range(premier, premier + nombre):
        statut, dit = choose(relais.port, salle, tour, vers=relais.connect)
        assert statut == 201, dit
        debut = time.monotonic()
        attendu = f"id: {dit['recu']['n']}"
        while not flux.readline().decode().startswith(attendu):
            if time.monotonic() - debut > 30:
                raise TimeoutError("the fact never came through")
        mesures.append(time.monotonic() - debut)
    connexion.close()
    return sorted(mesures)


def kept_back(relais: Relais, salle: Salle, directs: list[Serveur], pages: Serveur) -> float:
    """The same stream with buffering on: seconds without the fact, 4 at most."""
    with tempfile.TemporaryDirectory() as dossier:
        ports = [un.port for un in directs]
        with Relais(Path(dossier), ports, [pages.port], {"proxy_buffering off;": GARDER}) as garde:
            connexion = garde.connect(garde.port)
            connexion.timeout = 4
            connexion.request("GET", f"{salle.chemin}/direct")
            _, dit = choose(relais.port, salle, open_tour(salle), vers=relais.connect)
            debut = time.monotonic()
            try:
                flux = connexion.getresponse()
                while not flux.readline().startswith(b"id: %d" % dit["recu"]["n"]):
                    pass
            except TimeoutError:
                pass
            return time.monotonic() - debut
