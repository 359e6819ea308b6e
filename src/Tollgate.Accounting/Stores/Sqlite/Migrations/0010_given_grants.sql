-- What a holder was ever given, less what it gave back; booking leaves it as it is. A gate that lost an answer learns from it what was done.
ALTER TABLE limit_grants ADD COLUMN given_millions INTEGER NOT NULL DEFAULT 0;
ALTER TABLE limit_grants ADD COLUMN given_ones INTEGER NOT NULL DEFAULT 0;
UPDATE limit_grants SET given_millions = held_millions, given_ones = held_ones;
