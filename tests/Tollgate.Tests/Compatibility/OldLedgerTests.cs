using System.IO.Compression;
using Tollgate.Accounting.MySql;
using Tollgate.Accounting.MySql.Tests;
using Tollgate.Accounting.PostgreSql;
using Tollgate.Accounting.PostgreSql.Tests;
using Tollgate.Accounting.Stores;
using Tollgate.Testing;

namespace Tollgate.Tests.Compatibility;

/// <summary>Ledgers of earlier versions open, with all that is in them, and can be written to.</summary>
public sealed class OldLedgerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Opens_an_old_SQLite_ledger()
    {
        await using (var packed = File.OpenRead(OldLedger.File("old-ledger.db.gz")))
        await using (var content = new GZipStream(packed, CompressionMode.Decompress))
        await using (var file = File.Create(_folder.File(LedgerOptions.FileName)))
            await content.CopyToAsync(file, TestContext.Current.CancellationToken);

        await OldLedger.CheckAsync(new LedgerOptions { DataFolder = _folder.Path });
    }
}

[Trait("Needs", "Server")]
public sealed class OldPostgreSqlLedgerTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Opens_an_old_PostgreSQL_ledger()
    {
        var database = await server.CreateDatabaseAsync();
        await server.ExecuteAsync(database, await File.ReadAllTextAsync(OldLedger.File("old-postgresql.sql")));

        await OldLedger.CheckAsync(
            new LedgerOptions { DataFolder = _folder.Path }.WithUrl(server.UrlTo(database), [PostgreSqlStores.Factory])
        );
    }
}

[Trait("Needs", "Server")]
public sealed class OldMariaDbLedgerTests(MySqlServer server) : IClassFixture<MySqlServer>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Opens_an_old_MariaDB_ledger()
    {
        var database = await server.CreateDatabaseAsync();
        await server.ExecuteAsync(database, await File.ReadAllTextAsync(OldLedger.File("old-mariadb.sql")));

        await OldLedger.CheckAsync(
            new LedgerOptions { DataFolder = _folder.Path }.WithUrl(server.UrlTo(database), [MySqlStores.Factory])
        );
    }
}
