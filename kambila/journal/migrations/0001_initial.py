"""The tables of the journal, and the triggers that guard them."""

from django.db import migrations, models

from kambila.journal import triggers


def create_triggers(apps, schema_editor):
    sql = triggers.SQLITE if schema_editor.connection.vendor == "sqlite" else triggers.POSTGRESQL
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.connection.ensure_connection()
        for statement in sql.split("END;")[:-1]:
            schema_editor.execute(statement + "END")
    else:
        schema_editor.execute(sql, params=None)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ErasedPart",
            fields=[
                ("commitment", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("entry", models.CharField(max_length=36)),
            ],
            options={
                "db_table": "journal_erased",
            },
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("arrival", models.BigIntegerField(default=0)),
            ],
            options={
                "db_table": "journal_position",
            },
        ),
        migrations.CreateModel(
            name="SealedPart",
            fields=[
                ("commitment", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("salt", models.BinaryField()),
                ("content", models.BinaryField(null=True)),
            ],
            options={
                "db_table": "journal_part",
            },
        ),
        migrations.CreateModel(
            name="EntryRow",
            fields=[
                ("arrival", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.CharField(max_length=36, unique=True)),
                ("node", models.CharField(max_length=36)),
                ("seq", models.BigIntegerField()),
                ("tick", models.BigIntegerField(db_index=True)),
                ("kind", models.CharField(max_length=12)),
                ("schema", models.IntegerField()),
                ("recorded", models.CharField(max_length=27)),
                ("author", models.CharField(max_length=100)),
                ("body", models.TextField()),
                ("sealed", models.TextField()),
                ("prev", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "journal_entry",
                "indexes": [models.Index(fields=["kind", "arrival"], name="entries_by_kind")],
                "constraints": [models.UniqueConstraint(fields=("node", "seq"), name="one_entry_for_each_place")],
            },
        ),
        migrations.RunPython(create_triggers, migrations.RunPython.noop),
    ]
