-- usage_slots and usage_days hold the sums of usage_rollup up to here, and no later: a quarter of an hour is added to
-- them when it is over, instead of with every commit.
INSERT INTO ledger_state
SELECT 'folded_until', ifnull(max(slot) + 900000000, 0) FROM usage_rollup;
