-- Tables and columns get the names that the code and the documentation use. Each statement commits by itself here, so each
-- must be repeatable: a table is renamed only if it still has its old name.
SET @rename_entries = (
    SELECT if(count(*) = 1 AND max(table_name) = 'audit_entries',
              'ALTER TABLE audit_entries RENAME COLUMN answer_text TO response_text,
               RENAME INDEX audit_entries_by_time TO transcript_entries_by_time,
               RENAME INDEX audit_entries_by_call TO transcript_entries_by_call,
               RENAME TO transcript_entries',
              'DO 0')
    FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name IN ('audit_entries', 'transcript_entries'));
PREPARE rename_entries FROM @rename_entries;
EXECUTE rename_entries;
DEALLOCATE PREPARE rename_entries;

SET @rename_denials = (
    SELECT if(count(*) = 1 AND max(table_name) = 'audit_refusals',
              'ALTER TABLE audit_refusals RENAME INDEX audit_refusals_by_time TO transcript_denials_by_time,
               RENAME TO transcript_denials',
              'DO 0')
    FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name IN ('audit_refusals', 'transcript_denials'));
PREPARE rename_denials FROM @rename_denials;
EXECUTE rename_denials;
DEALLOCATE PREPARE rename_denials;
