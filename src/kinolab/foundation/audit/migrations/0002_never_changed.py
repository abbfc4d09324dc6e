"""The database itself keeps the record as it is: no row is changed or deleted, whoever asks."""

from django.db import migrations

TABLE = "audit_entry"
KEPT = ("id", "at", "verb", "kind", "key", "label", "scope", "before", "after")
SAID = "The record is never changed."


def _sqlite() -> list[str]:
    same = " AND ".join(f'NEW."{column}" IS OLD."{column}"' for column in KEPT)
    refuse = f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
    return [
        f'CREATE TRIGGER audit_entry_change BEFORE UPDATE ON "{TABLE}" WHEN NOT (NEW.actor_id IS NULL AND {same}) {refuse}',
        f'CREATE TRIGGER audit_entry_delete BEFORE DELETE ON "{TABLE}" {refuse}',
    ]


def _postgresql() -> list[str]:
    same = " AND ".join(f'NEW."{column}" IS NOT DISTINCT FROM OLD."{column}"' for column in KEPT)
    refuse = "EXECUTE FUNCTION audit_entry_refuse()"
    said = f"RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation'"
    function = (
        f"CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger AS $$ BEGIN {said}; END $$ LANGUAGE plpgsql"
    )
    changed = f"FOR EACH ROW WHEN (NOT (NEW.actor_id IS NULL AND {same}))"
    return [
        function,
        f'CREATE TRIGGER audit_entry_change BEFORE UPDATE ON "{TABLE}" {changed} {refuse}',
        f'CREATE TRIGGER audit_entry_delete BEFORE DELETE ON "{TABLE}" FOR EACH ROW {refuse}',
    ]


def put_up(apps, schema_editor):
    for statement in {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]():
        schema_editor.execute(statement)


def take_down(apps, schema_editor):
    on = f' ON "{TABLE}"' if schema_editor.connection.vendor == "postgresql" else ""
    for trigger in ("audit_entry_change", "audit_entry_delete"):
        schema_editor.execute(f"DROP TRIGGER {trigger}{on}")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_tables")]
    operations = [migrations.RunPython(put_up, take_down)]
