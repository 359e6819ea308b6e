-- Keys are looked up by the beginning that is shown of them, without reading all of them. Each statement commits by itself here,
-- so each must be repeatable: the column is added only if it is missing.
SET @add_shown_prefix = (
    SELECT if(count(*) = 0,
              'ALTER TABLE registry_entries
               ADD COLUMN shown_prefix varchar(256)
                   AS (if(kind = ''key'', left(json_unquote(json_extract(value, ''$.prefix'')), 256), NULL)) STORED,
               ADD INDEX registry_entries_shown_prefix (shown_prefix)',
              'DO 0')
    FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'registry_entries' AND column_name = 'shown_prefix');
PREPARE add_shown_prefix FROM @add_shown_prefix;
EXECUTE add_shown_prefix;
DEALLOCATE PREPARE add_shown_prefix;
