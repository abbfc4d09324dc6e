from django.db import migrations


class Migration(migrations.Migration):
    """A quota is called by what it counts; nothing ever gave it another name."""

    dependencies = [("selection", "0002_several_words_of_a_quota")]

    operations = [migrations.RemoveField("quota", "name")]
