"""A round remembers the notices it has sent and the sites that took no part in its run."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appariement", "0001_campagnes")]

    operations = [
        migrations.AddField(
            model_name="tourcampagne",
            name="avis",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="tourcampagne",
            name="sites_ecartes",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
