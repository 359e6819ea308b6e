-- All small records that gateways share (keys, users, projects, limits), each a JSON text under a kind and a name. Text, not json:
-- it comes back as it was put.
CREATE TABLE IF NOT EXISTS directory_entries (
    kind       varchar(32) NOT NULL,
    name       varchar(256) NOT NULL,
    value      mediumtext NOT NULL, -- JSON
    revision   bigint NOT NULL,     -- the version after its last change
    changed_at bigint NOT NULL,
    PRIMARY KEY (kind, name)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE /*M! utf8mb4_nopad_bin */ /*!80017 utf8mb4_0900_bin */;

-- One row, incremented in the transaction of every change and locked by it, so that changes come one after another.
CREATE TABLE IF NOT EXISTS directory_version (
    id      tinyint NOT NULL PRIMARY KEY, -- 1, so that making the row may be repeated
    version bigint NOT NULL
) ENGINE = InnoDB;
INSERT IGNORE INTO directory_version VALUES (1, 0);
