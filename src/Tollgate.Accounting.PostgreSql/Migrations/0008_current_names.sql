-- Tables and columns get the names that the code and the documentation use.
ALTER TABLE directory_entries RENAME TO registry_entries;
ALTER INDEX IF EXISTS directory_entries_pkey RENAME TO registry_entries_pkey;
ALTER TABLE directory_version RENAME TO registry_version;

ALTER TABLE limit_grants RENAME TO limit_leases;
ALTER TABLE limit_leases RENAME COLUMN given TO leased;
ALTER INDEX IF EXISTS limit_grants_pkey RENAME TO limit_leases_pkey;
ALTER INDEX IF EXISTS limit_grants_holder RENAME TO limit_leases_holder;
ALTER TABLE limit_counts RENAME COLUMN raised TO reconciled;
ALTER TABLE limit_levels RENAME COLUMN told_at TO notified_at;
