using Tollgate.Accounting.MySql.Tests;

namespace Tollgate.Tests.Servers;

/// <summary>
/// One MariaDB for all test classes that do not stop it; the first one starts it, and each test has a database of its
/// own. It ends with the test process.
/// </summary>
public sealed class SharedMySqlServer : IAsyncLifetime
{
    private static readonly Lazy<Task<MySqlServer>> Started = new(StartAsync);

    private MySqlServer? _server;

    public MySqlServer Server => _server!;

    /// <summary>The address of a new, empty database.</summary>
    public async Task<string> CreateDatabaseUrlAsync() => Server.UrlTo(await Server.CreateDatabaseAsync());

    public async ValueTask InitializeAsync() => _server = await Started.Value;

    public ValueTask DisposeAsync() => default;

    private static async Task<MySqlServer> StartAsync()
    {
        var server = new MySqlServer();
        await server.InitializeAsync();
        return server;
    }
}
