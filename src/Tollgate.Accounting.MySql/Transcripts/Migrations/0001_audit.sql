-- Tables of their own names, and versions of their own, so that an audit log may share a database with a ledger. Times are
-- microseconds since 1970-01-01 UTC. Each statement commits by itself here, so each must be repeatable. A statement
-- ends with a semicolon at the end of its line.
CREATE TABLE IF NOT EXISTS audit_entries (
    id            binary(16) NOT NULL PRIMARY KEY, -- UUIDv7, its first byte first
    at            bigint NOT NULL,
    type          smallint NOT NULL,               -- 0 prompt, 1 response, 2 event
    call_id       binary(16),
    attempt       integer,
    provider      mediumtext,
    model         mediumtext,
    key_id        mediumtext,
    user_name     mediumtext,
    project       mediumtext,
    session       mediumtext,
    application   mediumtext,
    completion_id mediumtext,
    message       mediumtext,
    truncated     boolean NOT NULL,
    prompt_text   longtext,
    answer_text   longtext,
    INDEX audit_entries_by_time (at),
    INDEX audit_entries_by_call (call_id)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE /*M! utf8mb4_nopad_bin */ /*!80017 utf8mb4_0900_bin */;

CREATE TABLE IF NOT EXISTS audit_refusals (
    id          binary(16) NOT NULL PRIMARY KEY,
    at          bigint NOT NULL,
    request_id  mediumtext,
    key_id      mediumtext,
    user_name   mediumtext,
    project     mediumtext,
    application mediumtext,
    model       mediumtext,
    status      integer NOT NULL,
    code        mediumtext NOT NULL,
    limit_name  mediumtext,
    message     mediumtext,
    times       bigint NOT NULL,
    INDEX audit_refusals_by_time (at)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE /*M! utf8mb4_nopad_bin */ /*!80017 utf8mb4_0900_bin */;
