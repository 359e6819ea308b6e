-- What reconcilers have added to a count, of the used: two that saw the same drift must not both add it.
ALTER TABLE limit_counts ADD COLUMN raised_millions INTEGER NOT NULL DEFAULT 0;
ALTER TABLE limit_counts ADD COLUMN raised_ones INTEGER NOT NULL DEFAULT 0;
