namespace Tollgate.Testing;

/// <summary>A real server that tests start, stop and kill.</summary>
public interface IDatabaseServer
{
    int Port { get; }

    /// <summary>How the tests log in.</summary>
    string ConnectionTo(string database);

    /// <summary>The same, as users write it.</summary>
    string UrlTo(string database);

    /// <summary>A new, empty database.</summary>
    Task<string> CreateDatabaseAsync();

    Task ExecuteAsync(string database, string sql);

    Task<object?> ScalarAsync(string database, string sql);

    Task StartAsync();

    Task StopAsync();

    /// <summary>SIGKILL: only what was fsynced is left.</summary>
    Task KillAsync();
}
