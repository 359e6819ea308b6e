-- Tables and columns get the names that the code and the documentation use. Each statement commits by itself here, so each
-- must be repeatable: a table is renamed only if it still has its old name.
SET @rename_entries = (
    SELECT if(count(*) = 1 AND max(table_name) = 'directory_entries',
              'RENAME TABLE directory_entries TO registry_entries',
              'DO 0')
    FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name IN ('directory_entries', 'registry_entries'));
PREPARE rename_entries FROM @rename_entries;
EXECUTE rename_entries;
DEALLOCATE PREPARE rename_entries;

SET @rename_version = (
    SELECT if(count(*) = 1 AND max(table_name) = 'directory_version',
              'RENAME TABLE directory_version TO registry_version',
              'DO 0')
    FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name IN ('directory_version', 'registry_version'));
PREPARE rename_version FROM @rename_version;
EXECUTE rename_version;
DEALLOCATE PREPARE rename_version;
