"""Search keys with one space before each word, so that a search finds the start of words."""

import re

from django.db import migrations

LOT = 500


def spread_keys(apps, schema_editor):
    rows = apps.get_model("postes", "Poste").objects.only("pk", "recherche")
    lot = []
    for row in rows.iterator(LOT):
        row.recherche = re.sub(r"[\W_]+", " ", f" {row.recherche}").rstrip()
        lot.append(row)
    rows.bulk_update(lot, ["recherche"], LOT)


class Migration(migrations.Migration):
    dependencies = [("postes", "0002_corrections_et_fermeture")]

    operations = [migrations.RunPython(spread_keys, migrations.RunPython.noop)]
