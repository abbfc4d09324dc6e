from django.db import migrations, models


class Migration(migrations.Migration):
    """A quota counts several words for one gender: people describe themselves, each in their own language."""

    dependencies = [("selection", "0001_tables")]

    operations = [migrations.AlterField("quota", "value", models.TextField())]
