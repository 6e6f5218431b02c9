"""Triggers that keep the journal append-only, for SQLite and for PostgreSQL.

On SQLite, REPLACE fires DELETE triggers only with `recursive_triggers=ON`, which every connection of ours sets; a
connection of somebody else's is stopped by the trigger on insertion.
"""

_MESSAGE = "the journal is append-only"

SQLITE = f"""
CREATE TRIGGER journal_entry_no_update BEFORE UPDATE ON journal_entry BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END;
CREATE TRIGGER journal_entry_no_delete BEFORE DELETE ON journal_entry BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END;
CREATE TRIGGER journal_entry_no_replace BEFORE INSERT ON journal_entry
WHEN EXISTS (SELECT 1 FROM journal_entry WHERE id = NEW.id OR arrival = NEW.arrival
             OR (node = NEW.node AND seq = NEW.seq))
BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END;
CREATE TRIGGER journal_part_no_update BEFORE UPDATE ON journal_part BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END;
CREATE TRIGGER journal_part_no_replace BEFORE INSERT ON journal_part
WHEN EXISTS (SELECT 1 FROM journal_part WHERE commitment = NEW.commitment)
  OR EXISTS (SELECT 1 FROM journal_erased WHERE commitment = NEW.commitment)
BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END;
CREATE TRIGGER journal_part_no_delete BEFORE DELETE ON journal_part
WHEN NOT EXISTS (SELECT 1 FROM journal_erased WHERE commitment = OLD.commitment)
BEGIN SELECT RAISE(ABORT, 'only an erase entry removes a sealed part'); END;
CREATE TRIGGER journal_erased_no_update BEFORE UPDATE ON journal_erased BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END;
CREATE TRIGGER journal_erased_no_delete BEFORE DELETE ON journal_erased BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END;
"""

POSTGRESQL = f"""
CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$;
CREATE FUNCTION journal_part_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP = 'DELETE' THEN
    IF EXISTS (SELECT 1 FROM journal_erased WHERE commitment = OLD.commitment) THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'only an erase entry removes a sealed part';
  END IF;
  IF EXISTS (SELECT 1 FROM journal_erased WHERE commitment = NEW.commitment) THEN
    RAISE EXCEPTION '{_MESSAGE}';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER journal_entry_no_change BEFORE UPDATE OR DELETE ON journal_entry
  FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_entry_no_truncate BEFORE TRUNCATE ON journal_entry
  FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_part_no_update BEFORE UPDATE ON journal_part
  FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_part_no_truncate BEFORE TRUNCATE ON journal_part
  FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_part_guard BEFORE INSERT OR DELETE ON journal_part
  FOR EACH ROW EXECUTE FUNCTION journal_part_guard();
CREATE TRIGGER journal_erased_no_change BEFORE UPDATE OR DELETE ON journal_erased
  FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_erased_no_truncate BEFORE TRUNCATE ON journal_erased
  FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
"""
