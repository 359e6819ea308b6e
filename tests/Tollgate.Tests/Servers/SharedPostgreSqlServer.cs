using Tollgate.Accounting.PostgreSql.Tests;

namespace Tollgate.Tests.Servers;

/// <summary>
/// One PostgreSQL for all test classes that do not stop it. The first one starts it, and each test has its own
/// database. It ends with the test process.
/// </summary>
public sealed class SharedPostgreSqlServer : IAsyncLifetime
{
    private static readonly Lazy<Task<PostgreSqlServer>> Started = new(StartAsync);

    private PostgreSqlServer? _server;

    public PostgreSqlServer Server => _server!;

    /// <summary>The address of a new, empty database.</summary>
    public async Task<string> CreateDatabaseUrlAsync() => Server.UrlTo(await Server.CreateDatabaseAsync());

    public async ValueTask InitializeAsync() => _server = await Started.Value;

    public ValueTask DisposeAsync() => default;

    private static async Task<PostgreSqlServer> StartAsync()
    {
        var server = new PostgreSqlServer();
        await server.InitializeAsync();
        return server;
    }
}
