-- Who changed what. Rows are only added. The id is a UUIDv7 in hexadecimal, so that its order is that of time.
CREATE TABLE audit_trail (
    id         text COLLATE "C" NOT NULL PRIMARY KEY,
    at         bigint NOT NULL,           -- microseconds since 1970
    actor_kind text COLLATE "C" NOT NULL, -- operator, account, token, system
    actor      text COLLATE "C" NOT NULL,
    action     text COLLATE "C" NOT NULL, -- a noun, a period and a verb, such as key.create
    target     text COLLATE "C" NOT NULL,
    state_before text COLLATE "C",          -- JSON
    state_after text COLLATE "C"           -- JSON
);
CREATE INDEX audit_trail_target ON audit_trail (target, id);
