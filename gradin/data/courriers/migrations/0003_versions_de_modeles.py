"""The wordings of mails that the ARS writes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("courriers", "0002_suivi")]

    operations = [
        migrations.CreateModel(
            name="VersionModele",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("cle", models.CharField(db_index=True, max_length=40)),
                ("sujet", models.CharField(blank=True, max_length=200)),
                ("texte", models.TextField(blank=True)),
                ("auteur", models.CharField(max_length=254)),
                ("at", models.DateTimeField()),
            ],
            options={"ordering": ["-at", "-pk"]},
        ),
    ]
