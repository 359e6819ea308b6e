namespace Tollgate.Api.Tests.OneNumber;

/// <summary>Purged records on PostgreSQL.</summary>
[Trait("Needs", "Server")]
public sealed class PostgreSqlPurgeTests(PostgreSqlLedger ledger) : PurgeTests(ledger), IClassFixture<PostgreSqlLedger>;
