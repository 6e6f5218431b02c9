import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("alerts", "0002_channels"),
    ]

    operations = [
        migrations.AlterField(
            model_name="alert",
            name="source",
            field=models.CharField(max_length=150),
        ),
        migrations.AddField(
            model_name="alert",
            name="batch",
            field=models.CharField(blank=True, default="", max_length=36),
        ),
        migrations.CreateModel(
            name="Occurrence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=100)),
                ("report", models.CharField(max_length=36)),
                ("code", models.CharField(max_length=60)),
                (
                    "alert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="occurrences", to="alerts.alert"
                    ),
                ),
            ],
            options={
                "db_table": "alerts_occurrence",
                "constraints": [models.UniqueConstraint(fields=("alert", "source"), name="occurred_once")],
            },
        ),
    ]
