"""PostgreSQL: power cuts of its disk while people choose, then the promotion of its replica."""

import os
import random
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from assurance.coupeur import Disque, own_disk
from assurance.essai import Essai
from assurance.experiences.coupures import REPOS_S, prepare_clicks
from assurance.grappe import Grappe, copy_base, lignes_of, read_on
from assurance.grappe import run as run_pg
from assurance.resultat import Resultat, Verdict, held
from tests.factories.ouvrier import Ouvrier, database_url

COUPES, COUPES_MAX, TEMOINS = 20, 500, 6
# At most, of a cut; of a promotion.
CLICS_COUPE, CLICS_BASCULE = 5, 10
BASCULES = 4
TAILLE = "600M"
# As Gradin asks for it, and the two settings that it refuses to be served on.
REGLAGES: dict[str, dict[str, str]] = {
    "as shipped": {},
    "fsync=off": {"fsync": "off"},
    "synchronous_commit=off": {"synchronous_commit": "off", "wal_writer_delay": "5s"},
}


@dataclass(slots=True)
class Compte:
    """`perdantes`: cuts that lost an acknowledged choice; `illisibles`: databases that did not start."""

    coupes: int = 0
    acquis: int = 0
    perdus: int = 0
    perdantes: int = 0
    illisibles: list[str] = field(default_factory=list)

    def read(self, lieu: Path) -> Mapping[int, str]:
        try:
            with restarted(lieu) as relevee:
                return lignes_of(relevee)
        except (RuntimeError, psycopg.Error) as erreur:
            self.illisibles.append(str(erreur)[-300:])
            return {}

    def judge(self, lignes: Any, recus: list[dict[str, Any]]) -> None:
        perdus = sum(lignes.get(recu["n"]) != recu["h"] for recu in recus)
        self.coupes += 1
        self.acquis += len(recus)
        self.perdus += perdus
        self.perdantes += bool(perdus)


def run(essai: Essai) -> Iterator[Resultat]:
    coupes = max(COUPES, min(COUPES_MAX, round(essai.secondes * 0.4)))
    clics = iter(prepare_clicks(clicks_for(coupes)))
    hasard = random.Random(essai.graine)
    with own_disk(TAILLE) as disque:
        # PostgreSQL is somebody else than us, and must find its way.
        disque.image.parent.chmod(0o755)
        grappe = Grappe(disque.point / "pg").create()
        with grappe:
            copy_base(database_url(), grappe.start())
            grappe.stop()
            comptes = {nom: cut_again(essai, disque, clics, hasard, nom, coupes) for nom in REGLAGES}
            grappe.start()
            grappe.stop()
        livre, *temoins = comptes.values()
        verdict = held(livre.perdus or livre.illisibles)
        montre = all(un.perdantes for un in temoins)
        yield Resultat(
            nom="Power cuts, PostgreSQL",
            invariants="I22, I24, F02",
            injecte="every process of the server is frozen, the image of its disk copied, mounted and "
            "started as after a power cut",
            n=livre.coupes,
            unite="cuts",
            verdict=verdict if montre or verdict is Verdict.ROMPU else Verdict.TEMOIN,
            chiffres={"acknowledged before a cut": str(livre.acquis), "lost": str(livre.perdus)},
            remarque="; ".join(livre.illisibles[:2]),
            temoin="; ".join(
                f"{nom}: {un.perdantes} of {un.coupes} cuts lose one, {len(un.illisibles)} the whole database"
                for nom, un in [*comptes.items()][1:]
            ),
            **essai.commun,
        )
        yield promoted(essai, grappe, clics)


def clicks_for(coupes: int) -> int:
    """As many as that many cuts, those of the controls and the promotions can use."""
    return CLICS_COUPE * (coupes + TEMOINS * (len(REGLAGES) - 1)) + CLICS_BASCULE * (BASCULES + 1)


def cut_again(
    essai: Essai,
    disque: Disque,
    clics: Iterator[dict[str, Any]],
    hasard: random.Random,
    nom: str,
    coupes: int,
) -> Compte:
    compte, recus = Compte(), []
    with Grappe(disque.point / "pg", **REGLAGES[nom]).start() as grappe:
        ecrivain = Ecrivain(grappe)
        try:
            while compte.coupes < (TEMOINS if REGLAGES[nom] else COUPES) or (
                not REGLAGES[nom] and essai.goes_on(0.3) and compte.coupes < coupes
            ):
                recus += [ecrivain.choose(next(clics)) for _ in range(hasard.randint(1, 4))]
                ecrivain.ask(**next(clics))
                time.sleep(hasard.uniform(0, 0.02))
                with grappe.frozen():
                    time.sleep(REPOS_S)
                    with disque.as_cut() as point:
                        compte.judge(compte.read(point / "pg"), recus)
                recus.append(receipt(ecrivain.answer()))
        finally:
            ecrivain.close()
        grappe.stop()
    # What this setting has left unwritten is no fault of the next one.
    os.sync()
    return compte


def restarted(lieu: Path) -> Grappe:
    """On that copy, as after a boot: the numbers of processes that it names mean nothing any more."""
    for reste in ("data/postmaster.pid", ".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
        (lieu / reste).unlink(missing_ok=True)
    return Grappe(lieu).start()


def promoted(essai: Essai, modele: Grappe, clics: Iterator[dict[str, Any]]) -> Resultat:
    """The primary disappears under load, its replica leads: synchronous; last, an asynchronous one."""
    debut = time.monotonic()
    synchrone, retard, durees = Compte(), Compte(), []
    with tempfile.TemporaryDirectory(prefix="gradin-secours-", dir="/dev/shm") as dossier:
        Path(dossier).chmod(0o755)
        premier = Grappe(modele.lieu)
        for essai_n in range(BASCULES + 1):
            asynchrone = essai_n == BASCULES
            secours = Grappe(Path(dossier) / f"pg{essai_n}")
            compte = retard if asynchrone else synchrone
            durees.append(fail_over(premier, secours, clics, compte, asynchrone=asynchrone))
            premier = secours
        premier.kill()
    verdict = held(synchrone.perdus)
    return Resultat(
        nom="Fail-over of PostgreSQL",
        invariants="I23",
        injecte="every process of the primary gets SIGKILL while a choice is on its way, its replica is "
        "promoted, and so on from replica to replica",
        n=synchrone.coupes,
        unite="promotions",
        verdict=verdict if retard.perdus or verdict is Verdict.ROMPU else Verdict.TEMOIN,
        chiffres={
            "acknowledged before": str(synchrone.acquis),
            "lost": str(synchrone.perdus),
            "from the loss to the first choice accepted, at worst": f"{max(durees[:-1]):.1f} s",
        },
        temoin=f"an asynchronous replica whose link was cut: {retard.perdus} of {retard.acquis} lost",
        **{**essai.commun, "duree_s": time.monotonic() - debut},
    )


def fail_over(
    premier: Grappe, secours: Grappe, clics: Iterator[dict[str, Any]], compte: Compte, *, asynchrone: bool
) -> float:
    """Seconds without a server that takes choices; the new one serves at the end."""
    premier.reglages = {"synchronous_standby_names": "" if asynchrone else "ANY 1 (gradin_secours)"}
    if premier.processus is not None:
        premier.kill()
    premier.start()
    follow(premier, secours)
    ecrivain = Ecrivain(premier)
    recus = [ecrivain.choose(next(clics)) for _ in range(6)]
    if asynchrone:
        # The link is cut: what the primary writes from now on does not leave it.
        os.kill(premier.scalar("SELECT pid FROM pg_stat_replication"), signal.SIGSTOP)
        recus += [ecrivain.choose(next(clics)) for _ in range(3)]
    clic = next(clics)
    ecrivain.ask(**clic)
    premier.kill()
    debut = time.monotonic()
    ecrivain.close()
    secours.scalar("SELECT pg_promote()")
    compte.judge(lignes_of(secours), recus)
    if not asynchrone:
        neuf = Ecrivain(secours)
        # The click that was on its way is sent again with its key: done before or done now, once.
        dit = neuf.play(**clic)
        assert dit.get("statut") in (200, 201), dit
        neuf.close()
    return time.monotonic() - debut


def follow(premier: Grappe, secours: Grappe) -> None:
    """A copy of the primary that receives each line from now on."""
    secours.lieu.mkdir()
    subprocess.run(["chown", "nobody", str(secours.lieu)], check=True)
    ou = f"host={premier.lieu} port=5432 user=gradin application_name=gradin_secours"
    run_pg("pg_basebackup", "-D", str(secours.data), "-R", "-X", "stream", "-c", "fast", "-d", ou)
    secours.start("postgres")
    limite = time.monotonic() + 20
    while not premier.scalar("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"):
        if time.monotonic() > limite:
            raise TimeoutError("the replica does not follow")
        time.sleep(0.05)


class Ecrivain(Ouvrier):
    """A process that plays commands on that server."""

    def __init__(self, grappe: Grappe) -> None:
        with read_on(grappe):
            super().__init__()

    def choose(self, clic: dict[str, Any]) -> dict[str, Any]:
        self.ask(**clic)
        return receipt(self.answer())


def receipt(reponse: dict[str, Any]) -> dict[str, Any]:
    assert reponse.get("statut") == 201, reponse
    return dict(reponse["corps"]["recu"])
