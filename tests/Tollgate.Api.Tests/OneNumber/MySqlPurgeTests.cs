namespace Tollgate.Api.Tests.OneNumber;

/// <summary>Purged records on MariaDB.</summary>
[Trait("Needs", "Server")]
public sealed class MySqlPurgeTests(MySqlLedger ledger) : PurgeTests(ledger), IClassFixture<MySqlLedger>;
