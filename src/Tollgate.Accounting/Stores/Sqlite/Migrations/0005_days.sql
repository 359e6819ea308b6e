-- The sums of usage_rollup by day (UTC): a month by model reads thirty slots instead of three thousand.
CREATE TABLE usage_days (
    slot             INTEGER NOT NULL, -- start of the day
    key_id           TEXT    NOT NULL,
    model            TEXT    NOT NULL,
    provider         TEXT    NOT NULL,
    user             TEXT    NOT NULL,
    project          TEXT    NOT NULL,
    calls            INTEGER NOT NULL,
    errors           INTEGER NOT NULL,
    estimated        INTEGER NOT NULL,
    unpriced         INTEGER NOT NULL,
    cost_micro       INTEGER NOT NULL,
    cost_pico        INTEGER NOT NULL,
    duration         INTEGER NOT NULL,
    input_text       INTEGER NOT NULL,
    input_audio      INTEGER NOT NULL,
    input_image      INTEGER NOT NULL,
    cache_read       INTEGER NOT NULL,
    cache_read_audio INTEGER NOT NULL,
    cache_write_5m   INTEGER NOT NULL,
    cache_write_1h   INTEGER NOT NULL,
    output_text      INTEGER NOT NULL,
    output_reasoning INTEGER NOT NULL,
    output_audio     INTEGER NOT NULL,
    output_image     INTEGER NOT NULL,
    tool_use         INTEGER NOT NULL,
    request          INTEGER NOT NULL,
    second           INTEGER NOT NULL,
    character        INTEGER NOT NULL,
    PRIMARY KEY (slot, key_id, model, provider, user, project)
) WITHOUT ROWID;
INSERT INTO usage_days
SELECT slot - ((slot % 86400000000) + 86400000000) % 86400000000, key_id, model, provider, user, project,
       sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost_micro), sum(cost_pico),
       sum(duration), sum(input_text), sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio),
       sum(cache_write_5m), sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio), sum(output_image),
       sum(tool_use), sum(request), sum(second), sum(character)
FROM usage_rollup GROUP BY 1, 2, 3, 4, 5, 6;
