"""The seal that the region configures, for whatever document it puts it on."""

from django.conf import settings

from gradin.documents.sceau import Sceau, read_sceau


def region_sceau() -> Sceau | None:
    """That of a procès-verbal; None without GRADIN_SCEAU_P12. Read each time: a renewed file is taken."""
    if not settings.GRADIN_SCEAU_P12:
        return None
    return read_sceau(
        settings.GRADIN_SCEAU_P12, settings.GRADIN_SCEAU_MOTDEPASSE, settings.GRADIN_SCEAU_MOTDEPASSE_FICHIER
    )


def attestation_sceau() -> Sceau | None:
    """Attestations are sealed only when the region asks for it: each costs one signature more."""
    return region_sceau() if settings.GRADIN_SCEAU_ATTESTATIONS else None
