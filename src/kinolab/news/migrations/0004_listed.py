from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_listed"),
        ("labs", "0001_tables"),
        ("news", "0003_held"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="article",
            name="news_article_listed",
        ),
        migrations.RemoveIndex(
            model_name="article",
            name="news_article_of_rubric",
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("archived_at", None)),
                fields=["kind", "-published_at", "-id"],
                name="news_article_listed",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("archived_at", None)),
                fields=["rubric", "kind", "-published_at", "-id"],
                name="news_article_of_rubric",
            ),
        ),
    ]
