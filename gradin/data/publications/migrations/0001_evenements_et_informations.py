
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('amphis', '0002_acte_agent'),
        ('referentiel', '0002_horaires_du_contact'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AbonnementCalendrier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cle', models.CharField(max_length=32, unique=True)),
                ('created_at', models.DateTimeField()),
                ('compte', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='abonnement_calendrier', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nom', models.CharField(max_length=160)),
                ('sujet', models.CharField(blank=True, max_length=200)),
                ('courriel', models.EmailField(blank=True, max_length=254)),
                ('telephone', models.CharField(blank=True, max_length=30)),
                ('horaires', models.CharField(blank=True, max_length=200)),
                ('ordre', models.PositiveSmallIntegerField(default=100)),
                ('subdivision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='referentiel.subdivision')),
            ],
            options={
                'ordering': ['ordre', 'nom', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Evenement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.CharField(max_length=40, unique=True)),
                ('categorie', models.CharField(choices=[('commission', 'Commission'), ('choix', 'Choix'), ('appariement', 'Appariement'), ('echeance', 'Date limite'), ('reunion', 'Réunion')], max_length=12)),
                ('titre', models.CharField(max_length=160)),
                ('description', models.TextField(blank=True)),
                ('debut', models.DateTimeField(db_index=True)),
                ('fin', models.DateTimeField(blank=True, null=True)),
                ('journee', models.BooleanField(default=False)),
                ('lieu', models.CharField(blank=True, max_length=200)),
                ('visio', models.URLField(blank=True, max_length=500)),
                ('concernes', models.CharField(choices=[('ars', 'L’ARS seulement'), ('commission', 'Les membres de la commission (représentants, facultés, coordonnateurs)'), ('representants', 'Les représentants'), ('internes', 'Les internes et leurs représentants')], default='internes', max_length=14)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('updated_at', models.DateTimeField()),
                ('annule', models.BooleanField(default=False)),
                ('groupe', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='referentiel.groupe')),
                ('semestre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='referentiel.semestre')),
                ('subdivision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='referentiel.subdivision')),
            ],
            options={
                'ordering': ['debut', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('genre', models.CharField(choices=[('document', 'Page ou document'), ('annonce', 'Annonce de l’accueil'), ('lien', 'Lien vers un autre site')], max_length=10)),
                ('titre', models.CharField(max_length=160)),
                ('texte', models.TextField(blank=True)),
                ('lien', models.URLField(blank=True, max_length=500)),
                ('ordre', models.PositiveSmallIntegerField(default=100)),
                ('published_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('nouveau_jusqu_au', models.DateField(blank=True, null=True)),
                ('updated_at', models.DateTimeField()),
                ('subdivision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='referentiel.subdivision')),
            ],
            options={
                'ordering': ['ordre', '-published_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Fichier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nom', models.CharField(max_length=160)),
                ('nature', models.CharField(max_length=100)),
                ('taille', models.PositiveIntegerField()),
                ('empreinte', models.CharField(max_length=64)),
                ('contenu', models.BinaryField()),
                ('publication', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='fichier', to='publications.publication')),
            ],
        ),
        migrations.CreateModel(
            name='SuiteAmphi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('empreinte', models.CharField(max_length=64)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('updated_at', models.DateTimeField()),
                ('amphi', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='suite', to='amphis.amphi')),
            ],
        ),
    ]
