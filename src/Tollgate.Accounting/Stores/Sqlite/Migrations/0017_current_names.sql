-- Tables and columns get the names that the code and the documentation use.
ALTER TABLE directory_entries RENAME TO registry_entries;
ALTER TABLE directory_version RENAME TO registry_version;

ALTER TABLE limit_grants RENAME TO limit_leases;
ALTER TABLE limit_leases RENAME COLUMN given_millions TO leased_millions;
ALTER TABLE limit_leases RENAME COLUMN given_ones TO leased_ones;
ALTER TABLE limit_counts RENAME COLUMN raised_millions TO reconciled_millions;
ALTER TABLE limit_counts RENAME COLUMN raised_ones TO reconciled_ones;
ALTER TABLE limit_levels RENAME COLUMN told_at TO notified_at;
