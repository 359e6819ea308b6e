-- Keys are looked up by the beginning that is shown of them, without reading all of them. A JSON text may contain U+0000, which the
-- server cannot convert.
ALTER TABLE registry_entries ADD COLUMN shown_prefix text COLLATE "C" GENERATED ALWAYS AS (
    CASE WHEN kind = 'key' THEN (replace(value, '\u0000', '\ufffd')::json ->> 'prefix') COLLATE "C" END) STORED;
CREATE INDEX registry_entries_shown_prefix ON registry_entries (shown_prefix) WHERE shown_prefix IS NOT NULL;
