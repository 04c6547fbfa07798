"""The radio link of the experiments: its losses follow its seed, its packets their order."""

import struct

import pytest

from assurance.voie import ACK, RST, SYN, Antenne, Liaison, Sort, Voie, checksum, end_of, reset_of

CLIENT, SERVEUR = bytes((10, 236, 94, 7)), bytes((10, 236, 94, 1))
DONNEES = b"id: 7\n"


def packet(aller: bool, drapeaux: int = ACK, port: int = 40_000, donnees: bytes = DONNEES) -> bytes:
    source, but = (CLIENT, SERVEUR) if aller else (SERVEUR, CLIENT)
    ports = (port, 443) if aller else (443, port)
    ip = struct.pack(">BBHHHBBH", 0x45, 0, 40 + len(donnees), 0, 0, 64, 6, 0) + source + but
    return ip + struct.pack(">HHIIBBHHH", *ports, 1_000, 2_000, 0x50, drapeaux, 512, 0, 0) + donnees


@pytest.mark.parametrize("perte", [0.0, 0.05, 0.2])
def test_a_seed_gives_the_same_losses_and_about_as_many_as_asked(perte: float) -> None:
    liaison = Liaison(perte=perte, gigue_s=0.05)
    voies = Voie("a"), Voie("a"), Voie("b")
    une, autre, differente = ([voie.due(liaison, n / 100) for n in range(5_000)] for voie in voies)
    assert une == autre and une != differente
    assert une.count(None) / 5_000 == pytest.approx(perte, abs=0.02)


def test_packets_are_late_and_keep_their_order() -> None:
    voie = Voie("a")
    sortis = [voie.due(Liaison(delai_s=0.15, gigue_s=0.05), n / 1_000) or 0.0 for n in range(1_000)]
    assert sortis == sorted(sortis)
    assert all(0.15 <= sorti - n / 1_000 <= 0.2 for n, sorti in enumerate(sortis))


def test_a_link_may_be_cut_one_way_only() -> None:
    antenne = Antenne(graine=1, liaisons={CLIENT: Liaison(retour=False)})
    assert antenne.carry(packet(aller=True), True, 0.0) is not None
    assert antenne.carry(packet(aller=False), False, 0.0) is None
    assert antenne.pertes[CLIENT] == [1, 2]


def test_connections_end_silent_or_reset_and_others_are_left_alone() -> None:
    antenne = Antenne(graine=1, liaisons={CLIENT: Liaison(flux_s=10.0)})
    for port in range(100):
        antenne.carry(packet(aller=True, drapeaux=SYN, port=port), True, 0.0)
    ages = [antenne.carry(packet(aller=False, port=port), False, 2.9) for port in range(100)]
    vieux = [antenne.carry(packet(aller=False, port=port), False, 17.1) for port in range(100)]
    assert None not in ages and all(porte is None or len(porte[1]) == 40 for porte in vieux)
    assert vieux.count(None) == antenne.sorts[Sort.MUET] and 30 < vieux.count(None) < 70
    assert end_of("x", 0.0) == (float("inf"), Sort.VIT)


def test_a_port_that_serves_again_is_another_connection() -> None:
    antenne = Antenne(graine=1, liaisons={CLIENT: Liaison(flux_s=10.0)})
    for instant in (0.0, 0.5, 20.0):
        assert antenne.carry(packet(aller=True, drapeaux=SYN), True, instant) is not None
    # The second was the first one's SYN once more.
    assert sum(antenne.sorts.values()) == 2


def test_a_forged_reset_is_a_whole_packet() -> None:
    forge = reset_of(packet(aller=False))
    assert forge[12:20] == SERVEUR + CLIENT and forge[20:32] == packet(aller=False)[20:32]
    assert forge[33] == RST | ACK and struct.unpack(">H", forge[2:4]) == (len(forge),)
    # Summed with its own checksum, nothing is left.
    assert checksum(forge[:20]) == checksum(forge[12:20] + b"\0\6\0\24" + forge[20:]) == b"\0\0"
