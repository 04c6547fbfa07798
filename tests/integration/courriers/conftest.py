"""A choice in the store, and a mail server next to it."""

from collections.abc import Callable, Iterator

import pytest

from gradin.data.amphis.models import Affectation, Amphi, Fait, FaitPrive
from gradin.data.internes.models import Interne
from gradin.data.postes.models import Poste
from gradin.data.referentiel.models import (
    Etablissement,
    Groupe,
    Semestre,
    Service,
    Specialite,
    Subdivision,
)
from tests.integration.courriers.serveur import Serveur

MAINTENANT = 1_806_908_412_345  # 2027-04-05T07:00:12.345Z


@pytest.fixture
def serveur(settings) -> Iterator[Serveur]:
    serveur = Serveur()
    serveur.start()
    settings.GRADIN_SMTP_URL = serveur.url
    yield serveur
    serveur.stop()


@pytest.fixture
def poste(db: None) -> Poste:
    groupe = Groupe.objects.create(code="3", nom="Oncologie")
    des = Specialite.objects.create(code_des="ONC18", intitule="ONCOLOGIE - PÉDIATRIE")
    etablissement = Etablissement.objects.create(nom="HENRI MONDOR (AP-HP)", cle_tri="henri mondor")
    service = Service.objects.create(
        imotep="940100027",
        nom="ONCOLOGIE",
        chef="BAUDELAIRE CHARLES",
        etablissement=etablissement,
        cle_tri="o",
    )
    return Poste.objects.create(
        semestre=Semestre.objects.create(code="2027-05"),
        subdivision=Subdivision.objects.create(code="IDF", nom="Île-de-France"),
        numero="1239",
        service=service,
        groupe=groupe,
        des=des,
        regime="approfondissement",
        reserve=True,
        cle_tri="1239",
    )


@pytest.fixture
def amphi(poste: Poste) -> Amphi:
    return Amphi.objects.create(
        semestre=poste.semestre,
        subdivision=poste.subdivision,
        groupe=poste.groupe,
        phase="approfondissement",
        intitule="Oncologie, approfondissement",
    )


Choisir = Callable[..., Affectation]


@pytest.fixture
def choisir(amphi: Amphi, poste: Poste) -> Choisir:
    """Writes a choice as `handle` does: its line, its opening, its read row."""

    def write(
        n: int, nom: str = "ZOLA", prenom: str = "Émile", courriel: str | None = None, voie: str = "interne"
    ) -> Affectation:
        interne = Interne.objects.create(
            ine=f"INE{n}",
            nom=nom,
            prenom=prenom,
            cle_tri=nom,
            courriel=f"i{n}@exemple.fr" if courriel is None else courriel,
        )
        p = {"tour": n, "interne": n, "poste": poste.numero}
        fait = Fait.objects.create(
            amphi=amphi, n=n, a=MAINTENANT, fait="ChoixConfirme", p=p, c="c" * 64, h=f"{n:064x}"
        )
        FaitPrive.objects.create(
            fait=fait,
            sel="5e" * 16,
            prive={"type_choix": "surnombre_validant", "voie": voie, "auteur": "x", "motif": "", "vu": 3},
        )
        return Affectation.objects.create(
            interne=interne,
            semestre=poste.semestre,
            poste=poste,
            amphi=amphi,
            type_choix="surnombre_validant",
            n=n,
            chosen_at=MAINTENANT,
        )

    return write
