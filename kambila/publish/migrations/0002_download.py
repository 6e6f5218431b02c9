from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publish", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Download",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account", models.CharField(db_index=True, max_length=60, verbose_name="account")),
                ("what", models.CharField(max_length=100, verbose_name="list or figure")),
                ("filter", models.TextField(verbose_name="filter")),
                ("format", models.CharField(max_length=10, verbose_name="format")),
                ("taken", models.DateTimeField(verbose_name="taken")),
            ],
            options={
                "verbose_name": "download",
                "verbose_name_plural": "downloads",
                "ordering": ["-id"],
            },
        ),
    ]
