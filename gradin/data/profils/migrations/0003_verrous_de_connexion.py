"""Where sign-in was refused after too many wrong passwords."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("profils", "0002_demande_correction")]

    operations = [
        migrations.CreateModel(
            name="VerrouConnexion",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("empreinte", models.CharField(max_length=64, unique=True)),
                ("at", models.DateTimeField()),
                ("leve_at", models.DateTimeField(blank=True, null=True)),
                ("levees", models.PositiveIntegerField(default=0)),
            ],
        ),
    ]
