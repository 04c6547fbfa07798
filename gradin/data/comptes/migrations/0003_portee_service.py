import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comptes", "0002_roles_et_portees"),
        ("referentiel", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="portee",
            name="service",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                to="referentiel.service",
            ),
        ),
    ]
