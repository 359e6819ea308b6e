-- The data folders whose gateways serve now. Limits are counted in each of them, not here, so gateways look for each other.
CREATE TABLE IF NOT EXISTS limit_folders (
    folder  binary(16) NOT NULL PRIMARY KEY,
    name    varchar(512) NOT NULL,  -- machine and folder
    seen_at datetime(6) NOT NULL    -- UTC, by the server's clock
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4;
