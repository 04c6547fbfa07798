"""The sealing of notifications, against the published example of RFC 8291 (appendix A)."""

from cryptography.hazmat.primitives.asymmetric import ec

from gradin.operations.notifications.abonnements import from_text
from gradin.operations.notifications.cles import to_text
from gradin.travaux.push.chiffrement import COURBE, encrypt

CLAIR = b"When I grow up, I want to be a watermelon"
NOTRE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
APPAREIL = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SEL = "DGv6ra1nlYgDCS1FRnbzlw"
SCELLE = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
    "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_a_message_is_sealed_as_the_standard_s_example() -> None:
    ephemere = ec.derive_private_key(int.from_bytes(from_text(NOTRE), "big"), COURBE)
    scelle = encrypt(CLAIR, from_text(APPAREIL), from_text(AUTH), ephemere=ephemere, sel=from_text(SEL))
    assert to_text(scelle) == SCELLE
