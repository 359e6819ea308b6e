-- Who changed what. Rows are only added. The id is a UUIDv7 in hexadecimal, so that its order is that of time.
CREATE TABLE IF NOT EXISTS audit_trail (
    id         char(32) NOT NULL PRIMARY KEY,
    at         bigint NOT NULL,      -- microseconds since 1970
    actor_kind varchar(16) NOT NULL, -- operator, account, token, system
    actor      varchar(256) NOT NULL,
    action     varchar(64) NOT NULL, -- a noun, a period and a verb, such as key.create
    target     varchar(512) NOT NULL,
    state_before mediumtext,           -- JSON
    state_after mediumtext,           -- JSON
    KEY audit_trail_target (target, id)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE /*M! utf8mb4_nopad_bin */ /*!80017 utf8mb4_0900_bin */;
