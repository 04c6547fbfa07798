"""What a radio link does to the packets of one address: pure, the seed and the instants are given."""

import random
import struct
from dataclasses import dataclass, field
from enum import StrEnum

SYN, RST, ACK = 0x02, 0x04, 0x10
TCP = 6
# Without options: what a forged packet is made of.
TETE_IP, TETE_TCP = 20, 20


class Sort(StrEnum):
    """What becomes of a connection, as behind a translator of addresses that forgets it."""

    VIT = "lives"
    MUET = "silent"
    ROMPU = "reset"


@dataclass(frozen=True, slots=True, kw_only=True)
class Liaison:
    """Seconds, each way. `aller`, `retour`: whether packets pass towards the server, and back.

    `flux_s`: connections live about so long, then are silent or reset; 0: as long as they like.
    """

    delai_s: float = 0.15
    gigue_s: float = 0.0
    perte: float = 0.0
    aller: bool = True
    retour: bool = True
    flux_s: float = 0.0


class Voie:
    """One way of one link: packets keep their order."""

    def __init__(self, graine: str) -> None:
        self._hasard = random.Random(graine)
        self._dernier = 0.0

    def due(self, liaison: Liaison, instant: float) -> float | None:
        """When that packet comes out; None: it is lost. Two draws a packet, whatever the link is."""
        sort, gigue = self._hasard.random(), self._hasard.random()
        if sort < liaison.perte:
            return None
        self._dernier = max(self._dernier, instant + liaison.delai_s + gigue * liaison.gigue_s)
        return self._dernier


def end_of(graine: str, flux_s: float) -> tuple[float, Sort]:
    """How long that connection lives, and what becomes of it."""
    if flux_s == 0:
        return float("inf"), Sort.VIT
    hasard = random.Random(graine)
    return hasard.uniform(0.3, 1.7) * flux_s, hasard.choice((Sort.MUET, Sort.ROMPU))


@dataclass(slots=True)
class Antenne:
    """The links of all addresses. `sorts`: how connections end; `pertes`: packets, lost and all."""

    graine: int
    liaisons: dict[bytes, Liaison] = field(default_factory=dict)
    pertes: dict[bytes, list[int]] = field(default_factory=dict)
    sorts: dict[Sort, int] = field(default_factory=lambda: dict.fromkeys(Sort, 0))
    _voies: dict[tuple[bytes, bool], Voie] = field(default_factory=dict)
    _fins: dict[bytes, tuple[float, Sort]] = field(default_factory=dict)
    _flux: int = 0

    def carry(self, paquet: bytes, aller: bool, instant: float) -> tuple[float, bytes] | None:
        """When it comes out and as what; None: never. `aller`: on its way to the server."""
        adresse = paquet[12:16] if aller else paquet[16:20]
        liaison = self.liaisons.get(adresse, Liaison())
        compte = self.pertes.setdefault(adresse, [0, 0])
        compte[1] += 1
        sort = self._fate(paquet, adresse, aller, liaison, instant)
        passe = (liaison.aller if aller else liaison.retour) and sort is not Sort.MUET
        quand = self._way(adresse, aller).due(liaison, instant)
        if quand is None or not passe:
            compte[0] += 1
            return None
        return quand, reset_of(paquet) if sort is Sort.ROMPU else paquet

    def _way(self, adresse: bytes, aller: bool) -> Voie:
        cle = adresse, aller
        if cle not in self._voies:
            self._voies[cle] = Voie(f"{self.graine}-{adresse.hex()}-{aller}")
        return self._voies[cle]

    def _fate(self, paquet: bytes, adresse: bytes, aller: bool, liaison: Liaison, instant: float) -> Sort:
        """A SYN of the client begins a connection, whose end is settled then."""
        if paquet[9] != TCP:
            return Sort.VIT
        tete = (paquet[0] & 15) * 4
        port = paquet[tete : tete + 2] if aller else paquet[tete + 2 : tete + 4]
        flux = adresse + port
        if aller and paquet[tete + 13] & (SYN | ACK) == SYN and self._free(flux, instant):
            self._flux += 1
            duree, sort = end_of(f"{self.graine}-{self._flux}", liaison.flux_s)
            self._fins[flux] = instant + duree, sort
            self.sorts[sort] += 1
        fin, sort = self._fins.get(flux, (float("inf"), Sort.VIT))
        return sort if instant >= fin else Sort.VIT

    def _free(self, flux: bytes, instant: float) -> bool:
        """Not the same SYN once more: its port serves for the first time, or again."""
        fin, sort = self._fins.get(flux, (0.0, Sort.MUET))
        return sort is Sort.VIT or instant >= fin


def reset_of(paquet: bytes) -> bytes:
    """The same packet without its data, as a RST where its first octet stood."""
    tete = (paquet[0] & 15) * 4
    ports, seq, ack = paquet[tete : tete + 4], paquet[tete + 4 : tete + 8], paquet[tete + 8 : tete + 12]
    ip = struct.pack(">BBHHHBBH", 0x45, 0, TETE_IP + TETE_TCP, 0, 0, 64, TCP, 0) + paquet[12:20]
    tcp = ports + seq + ack + struct.pack(">BBHHH", 5 << 4, RST | ACK, 0, 0, 0)
    pseudo = paquet[12:20] + struct.pack(">BBH", 0, TCP, len(tcp))
    ip = ip[:10] + checksum(ip) + ip[12:]
    return ip + tcp[:16] + checksum(pseudo + tcp) + tcp[18:]


def checksum(octets: bytes) -> bytes:
    """RFC 1071, of an even number of octets."""
    somme = sum(struct.unpack(f">{len(octets) // 2}H", octets))
    while somme >> 16:
        somme = (somme & 0xFFFF) + (somme >> 16)
    return struct.pack(">H", ~somme & 0xFFFF)
