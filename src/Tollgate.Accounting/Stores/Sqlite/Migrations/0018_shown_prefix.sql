-- Keys are looked up by the beginning that is shown of them, without reading all of them.
CREATE INDEX registry_entries_shown_prefix ON registry_entries (json_extract(value, '$.prefix')) WHERE kind = 'key';
