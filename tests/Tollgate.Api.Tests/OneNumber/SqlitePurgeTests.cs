namespace Tollgate.Api.Tests.OneNumber;

/// <summary>Purged records on SQLite.</summary>
public sealed class SqlitePurgeTests(SqliteLedger ledger) : PurgeTests(ledger), IClassFixture<SqliteLedger>;
