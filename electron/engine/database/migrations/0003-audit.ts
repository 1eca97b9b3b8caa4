import type { Migration } from './migration.ts';

/** The journal stays append-only but for one thing: the content of entries that a signed erasure names. */
export const audit: Migration = {
  number: 3,
  name: 'audit',
  sql: `
-- The entry of erasure under which the content of this one went; its hash and signature stay.
ALTER TABLE journal ADD COLUMN erased INTEGER REFERENCES journal (seq);
CREATE INDEX journal_operation ON journal (operation, seq);
CREATE INDEX journal_user ON journal (user, seq);
CREATE INDEX journal_at ON journal (at, seq);

DROP TRIGGER journal_never_changes;
CREATE TRIGGER journal_never_changes BEFORE UPDATE ON journal WHEN NOT coalesce(
  OLD.erased IS NULL AND NEW.erased > OLD.seq AND OLD.operation <> 'erasure'
  AND NEW.seq = OLD.seq AND NEW.at = OLD.at AND NEW.user_id = OLD.user_id AND NEW.user = OLD.user
  AND NEW.device = OLD.device AND NEW.operation = OLD.operation AND NEW.method = OLD.method
  AND NEW.recipients IS OLD.recipients AND NEW.undoable = OLD.undoable AND NEW.undoes IS OLD.undoes
  AND NEW.redoes IS OLD.redoes AND NEW.prev_hash = OLD.prev_hash AND NEW.hash = OLD.hash
  AND NEW.signature = OLD.signature
  AND NEW.target IS NULL AND NEW.summary = '' AND NEW.before IS NULL AND NEW.after IS NULL AND NEW.reason IS NULL
  AND EXISTS (
    SELECT 1 FROM journal AS eraser, json_each(eraser.after, '$.entries') AS named
    WHERE eraser.seq = NEW.erased AND eraser.operation = 'erasure' AND named.value = OLD.seq
  ), 0)
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
`,
};
