"""Answers lost on their way back: the request had arrived, its sender does not know; then he clicks again."""

import threading
import time
from dataclasses import dataclass, field

from assurance.essai import Essai
from assurance.monde import Salle, ask
from assurance.ondes import Mobile, Ondes, mobile
from assurance.resultat import Resultat, Verdict, held
from bench.monde import AmphiMesure, make_amphi
from gradin.data.amphis.models import Amphi, Fait

AMPHIS, CHOIX = 4, 12
PATIENCE_S = 1.5
# The relay hears of the cut before the request sets out.
OBEIT_S = 0.05
TEMOIN = 3


@dataclass(slots=True, kw_only=True)
class Clics:
    """Of one amphi, one after the other. `autres`: what the same click with another key was told.

    `renvois`: when each was sent again (ms, wall clock). `statuts`: what the second sending was answered.
    """

    mesure: AmphiMesure
    salle: Salle
    adresse: str
    renvois: dict[int, int] = field(default_factory=dict)
    statuts: list[int] = field(default_factory=list)
    autres: list[str] = field(default_factory=list)
    repondus: int = 0

    def play(self, ondes: Ondes, port: int) -> None:
        for rang in range(1, CHOIX + 1):
            self.lose(ondes, port, rang)
            self.renvois[rang] = round(time.time() * 1000)
            if rang % TEMOIN == 0:
                _, dit = self.click(port, rang, "sans la sienne")
                self.autres.append(str(dit.get("motif", "accepted")))
            statut, dit = self.click(port, rang, "la sienne")
            self.statuts.append(statut)
            if statut in (200, 201):
                self.salle.keep(dit)

    def lose(self, ondes: Ondes, port: int, rang: int) -> None:
        """The way back is cut between the greeting and the request."""
        prise = Mobile(self.adresse, port, PATIENCE_S)
        prise.connect()
        ondes.change(self.adresse, retour=False)
        time.sleep(OBEIT_S)
        try:
            self.click(port, rang, "la sienne", prise)
            self.repondus += 1
        except TimeoutError:
            pass
        finally:
            ondes.change(self.adresse, retour=True)

    def click(
        self, port: int, rang: int, cle: str, prise: Mobile | None = None
    ) -> tuple[int, dict[str, object]]:
        corps = {"poste": self.mesure.postes[rang - 1], "tour": rang, "vu": 3}
        jeton, chemin = self.salle.jetons[rang - 1], f"{self.salle.chemin}/choix"
        vers = mobile(self.adresse) if prise is None else lambda _: prise
        return ask(port, jeton, chemin, corps, f"{cle} {rang}", vers)  # type: ignore[arg-type]

    def judge(self) -> list[str]:
        """Once the clicks are over: what the journal says of them."""
        faits = Fait.objects.filter(amphi=self.salle.amphi, fait="ChoixConfirme")
        ecrits = {fait.p["tour"]: fait.a for fait in faits}
        fautes = [f"tour {n}: not written before it came again" for n in self.renvois if n not in ecrits]
        fautes += [f"tour {n}: written late" for n, a in self.renvois.items() if ecrits.get(n, 0) >= a]
        fautes += [f"answered {un} the second time" for un in self.statuts if un != 200]
        fautes += ["the answer was not lost"] * self.repondus
        return fautes + self.salle.judge()


def lose_answers(essai: Essai, ondes: Ondes, port: int) -> Resultat:
    tous = [prepared(900 + n, ondes) for n in range(AMPHIS)]
    fils = [threading.Thread(target=un.play, args=(ondes, port)) for un in tous]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    fautes = [faute for un in tous for faute in un.judge()]
    autres = [motif for un in tous for motif in un.autres]
    verdict = held(fautes or "accepted" in autres)
    return Resultat(
        nom="Answers lost",
        invariants="F12, I24",
        injecte="the way back is cut when the request leaves; after 1.5 s it is sent again with its key",
        n=sum(len(un.statuts) for un in tous),
        unite="answers lost",
        verdict=verdict if autres or verdict is Verdict.ROMPU else Verdict.TEMOIN,
        chiffres={
            "written before it was sent again": str(sum(len(un.renvois) for un in tous))
            if not fautes
            else "no",
            "answered 200 with the receipt of the journal": str(sum(un.statuts.count(200) for un in tous)),
            "choices doubled": str(sum(un.salle.doubled() for un in tous)),
        },
        temoin=f"with another key the same click is told {', '.join(sorted(set(autres)))} ({len(autres)})",
        remarque="; ".join(fautes[:3]),
        **essai.commun,  # type: ignore[arg-type]
    )


def prepared(numero: int, ondes: Ondes) -> Clics:
    mesure = make_amphi(numero, CHOIX)
    salle = Salle(amphi=Amphi.objects.get(pk=mesure.pk), jetons=list(mesure.jetons), agent="")
    return Clics(mesure=mesure, salle=salle, adresse=ondes.address())
