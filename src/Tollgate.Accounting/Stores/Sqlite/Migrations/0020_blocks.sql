-- The sums of usage_rollup for each value of one dimension, and over all, in blocks of several lengths, up to folded_until. Each
-- length is a multiple of the one before, so any period is the sum and the difference of a few blocks, in any time zone: a
-- month by model is read from about 10 blocks instead of 3,000 slots. Keys and users have none shorter than a day, because
-- these would be nearly as many as the records.
CREATE TABLE usage_blocks (
    dimension        INTEGER NOT NULL, -- 0 all, 1 model, 2 provider, 3 key, 4 user, 5 project
    hours            INTEGER NOT NULL, -- the length: 1, 6, 24 (a day, UTC), 96, 384 or 1536
    slot             INTEGER NOT NULL, -- its start, a multiple of the length
    name             TEXT    NOT NULL, -- '' for none, and for all
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
    PRIMARY KEY (dimension, hours, slot, name)
) WITHOUT ROWID;

INSERT INTO usage_blocks
SELECT 0, 1, slot - ((slot % 3600000000) + 3600000000) % 3600000000, '',
       sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost_micro), sum(cost_pico), sum(duration),
       sum(input_text), sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio),
       sum(cache_write_5m), sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio),
       sum(output_image), sum(tool_use), sum(request), sum(second), sum(character)
FROM usage_slots GROUP BY 3;

INSERT INTO usage_blocks
SELECT 1, 1, slot - ((slot % 3600000000) + 3600000000) % 3600000000, model,
       sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost_micro), sum(cost_pico), sum(duration),
       sum(input_text), sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio),
       sum(cache_write_5m), sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio),
       sum(output_image), sum(tool_use), sum(request), sum(second), sum(character)
FROM usage_rollup WHERE slot < (SELECT value FROM ledger_state WHERE name = 'folded_until') GROUP BY 3, 4;

INSERT INTO usage_blocks
SELECT 2, 1, slot - ((slot % 3600000000) + 3600000000) % 3600000000, provider,
       sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost_micro), sum(cost_pico), sum(duration),
       sum(input_text), sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio),
       sum(cache_write_5m), sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio),
       sum(output_image), sum(tool_use), sum(request), sum(second), sum(character)
FROM usage_rollup WHERE slot < (SELECT value FROM ledger_state WHERE name = 'folded_until') GROUP BY 3, 4;

INSERT INTO usage_blocks
SELECT 5, 1, slot - ((slot % 3600000000) + 3600000000) % 3600000000, project,
       sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost_micro), sum(cost_pico), sum(duration),
       sum(input_text), sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio),
       sum(cache_write_5m), sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio),
       sum(output_image), sum(tool_use), sum(request), sum(second), sum(character)
FROM usage_rollup WHERE slot < (SELECT value FROM ledger_state WHERE name = 'folded_until') GROUP BY 3, 4;

INSERT INTO usage_blocks
SELECT 3, 24, slot, key_id,
       sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost_micro), sum(cost_pico), sum(duration),
       sum(input_text), sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio),
       sum(cache_write_5m), sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio),
       sum(output_image), sum(tool_use), sum(request), sum(second), sum(character)
FROM usage_days GROUP BY 3, 4;

INSERT INTO usage_blocks
SELECT 4, 24, slot, user,
       sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost_micro), sum(cost_pico), sum(duration),
       sum(input_text), sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio),
       sum(cache_write_5m), sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio),
       sum(output_image), sum(tool_use), sum(request), sum(second), sum(character)
FROM usage_days GROUP BY 3, 4;

INSERT INTO usage_blocks
SELECT dimension, 6, slot - ((slot % 21600000000) + 21600000000) % 21600000000, name,
       sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost_micro), sum(cost_pico), sum(duration),
       sum(input_text), sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio),
       sum(cache_write_5m), sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio),
       sum(output_image), sum(tool_use), sum(request), sum(second), sum(character)
FROM usage_blocks WHERE hours = 1 GROUP BY 1, 3, 4;

INSERT INTO usage_blocks
SELECT dimension, 24, slot - ((slot % 86400000000) + 86400000000) % 86400000000, name,
       sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost_micro), sum(cost_pico), sum(duration),
       sum(input_text), sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio),
       sum(cache_write_5m), sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio),
       sum(output_image), sum(tool_use), sum(request), sum(second), sum(character)
FROM usage_blocks WHERE hours = 6 GROUP BY 1, 3, 4;

INSERT INTO usage_blocks
SELECT dimension, 96, slot - ((slot % 345600000000) + 345600000000) % 345600000000, name,
       sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost_micro), sum(cost_pico), sum(duration),
       sum(input_text), sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio),
       sum(cache_write_5m), sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio),
       sum(output_image), sum(tool_use), sum(request), sum(second), sum(character)
FROM usage_blocks WHERE hours = 24 GROUP BY 1, 3, 4;

INSERT INTO usage_blocks
SELECT dimension, 384, slot - ((slot % 1382400000000) + 1382400000000) % 1382400000000, name,
       sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost_micro), sum(cost_pico), sum(duration),
       sum(input_text), sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio),
       sum(cache_write_5m), sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio),
       sum(output_image), sum(tool_use), sum(request), sum(second), sum(character)
FROM usage_blocks WHERE hours = 96 GROUP BY 1, 3, 4;

INSERT INTO usage_blocks
SELECT dimension, 1536, slot - ((slot % 5529600000000) + 5529600000000) % 5529600000000, name,
       sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost_micro), sum(cost_pico), sum(duration),
       sum(input_text), sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio),
       sum(cache_write_5m), sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio),
       sum(output_image), sum(tool_use), sum(request), sum(second), sum(character)
FROM usage_blocks WHERE hours = 384 GROUP BY 1, 3, 4;
