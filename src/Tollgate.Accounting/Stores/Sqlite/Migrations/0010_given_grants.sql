-- The total leased to a holder, less the returned amounts; recording does not change it. A gateway that lost a response finds its outcome here.
ALTER TABLE limit_grants ADD COLUMN given_millions INTEGER NOT NULL DEFAULT 0;
ALTER TABLE limit_grants ADD COLUMN given_ones INTEGER NOT NULL DEFAULT 0;
UPDATE limit_grants SET given_millions = held_millions, given_ones = held_ones;
