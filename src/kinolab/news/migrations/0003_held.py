from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("news", "0002_unsaved")]

    operations = [
        migrations.AddField(model_name="article", name="held_for", field=models.DateTimeField(blank=True, null=True)),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("held_for", None), ("published_at", None), _connector="OR"),
                name="news_article_held_is_not_out",
            ),
        ),
    ]
