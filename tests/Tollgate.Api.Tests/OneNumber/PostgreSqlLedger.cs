using Tollgate.Accounting.PostgreSql.Tests;
using Tollgate.Api.Tests.OneNumber.Reports;

namespace Tollgate.Api.Tests.OneNumber;

/// <summary>The program on a PostgreSQL server of its own.</summary>
public sealed class PostgreSqlLedger : OneNumberLedger
{
    private readonly PostgreSqlServer _server = new();

    /// <inheritdoc/>
    public override SqlSyntax Syntax => SqlSyntax.PostgreSql;

    /// <inheritdoc/>
    protected override async Task<string?> CreateDatabaseAsync()
    {
        await _server.InitializeAsync();
        return _server.UrlTo(await _server.CreateDatabaseAsync());
    }

    /// <inheritdoc/>
    protected override ValueTask StopDatabaseAsync() => _server.DisposeAsync();
}
