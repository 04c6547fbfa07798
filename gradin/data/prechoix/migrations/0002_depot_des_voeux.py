"""When wishes were last touched: until now, whatever changed last."""

from django.db import migrations, models


def fill(apps, schema_editor):
    apps.get_model("prechoix", "ListeVoeux").objects.update(depose_at=models.F("updated_at"))


class Migration(migrations.Migration):
    dependencies = [("prechoix", "0001_prechoix_et_voeux")]

    operations = [
        migrations.AddField(
            model_name="listevoeux",
            name="depose_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
