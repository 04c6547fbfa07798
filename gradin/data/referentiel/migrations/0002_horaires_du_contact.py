
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('referentiel', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='subdivision',
            name='contact_horaires',
            field=models.CharField(blank=True, max_length=200),
        ),
    ]
