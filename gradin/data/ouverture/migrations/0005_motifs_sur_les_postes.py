# The motive that let a published poste open without an agrément now stands on the poste itself.

from typing import Any

from django.db import migrations


def copy_motifs(apps: Any, schema_editor: Any) -> None:
    proposes = apps.get_model("ouverture", "PostePropose").objects.filter(etat="publie").exclude(motif="")
    postes = apps.get_model("postes", "Poste").objects
    for poste, motif in proposes.values_list("poste", "motif"):
        postes.filter(pk=poste, motif_agrement="").update(motif_agrement=motif)


class Migration(migrations.Migration):
    dependencies = [("ouverture", "0004_apostrophe_typographique"), ("postes", "0007_motif_agrement")]
    operations = [migrations.RunPython(copy_motifs, migrations.RunPython.noop)]
