using Tollgate.Accounting.MySql.Tests;
using Tollgate.Api.Tests.OneNumber.Reports;

namespace Tollgate.Api.Tests.OneNumber;

/// <summary>The program on a MariaDB server of its own.</summary>
public sealed class MySqlLedger : OneNumberLedger
{
    private readonly MySqlServer _server = new();

    /// <inheritdoc/>
    public override SqlSyntax Syntax => SqlSyntax.MySql;

    /// <inheritdoc/>
    protected override async Task<string?> CreateDatabaseAsync()
    {
        await _server.InitializeAsync();
        return _server.UrlTo(await _server.CreateDatabaseAsync());
    }

    /// <inheritdoc/>
    protected override ValueTask StopDatabaseAsync() => _server.DisposeAsync();
}
