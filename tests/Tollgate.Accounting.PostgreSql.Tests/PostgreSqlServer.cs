using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using Tollgate.Testing;

namespace Tollgate.Accounting.PostgreSql.Tests;

/// <summary>
/// A real server in a folder of its own, with a password and fsync. It runs under a shell that stops it as soon as the
/// test process, however it ended, no longer holds the shell's input open, and then removes the folder too.
/// </summary>
public class PostgreSqlServer : IDatabaseServer, IAsyncLifetime
{
    /// <summary>Every character that a URL, a connection string or a shell could mistake for its own.</summary>
    public const string OddPassword = "p@ss:w/o?r#d %41;&=+'\"\\ü$[]";

    private static readonly string Programs =
        Environment.GetEnvironmentVariable("TOLLGATE_POSTGRESQL_BIN") ?? "/usr/lib/postgresql/15/bin";

    private readonly string _folder = Path.Combine(
        "/tmp",
        $"tollgate-postgresql-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}"
    );
    private readonly string _password = RandomNumberGenerator.GetHexString(16);
    private Process? _keeper;
    private int _databases;

    public int Port { get; } = FreePort.Find();

    private string Data => Path.Combine(_folder, "data");

    private string Sockets => Path.Combine(_folder, "sockets");

    public async ValueTask InitializeAsync()
    {
        Run("mkdir -p \"$1\" && chmod 700 \"$1\"", Sockets);
        Run(
            $"printf %s \"$2\" > \"$1/password\" && \"{Programs}/initdb\" -D \"$1/data\" -U tollgate -A scram-sha-256 "
                + $"--pwfile=\"$1/password\" -E UTF8 --no-locale >/dev/null",
            _folder,
            _password
        );
        await StartAsync();
        await ExecuteAsync(
            "postgres",
            $"CREATE ROLE odd LOGIN PASSWORD '{OddPassword.Replace("'", "''", StringComparison.Ordinal)}'"
        );
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await StopAsync("immediate");
        Run("rm -rf \"$1\"", _folder);
    }

    /// <summary>
    /// The connection string of the tests. Its timeout covers the wait for a free connection too, and 200 concurrent
    /// writers on a loaded machine wait long; a stopped server refuses connections at once.
    /// </summary>
    public string ConnectionTo(string database) =>
        $"Host=127.0.0.1;Port={Port};Username=tollgate;Password={_password};Database={database};Maximum Pool "
        + $"Size=10;Timeout=60";

    /// <summary>The same, as users write it.</summary>
    public string UrlTo(string database) => $"postgres://tollgate:{_password}@127.0.0.1:{Port}/{database}?pool_size=10";

    /// <summary>A new, empty database. It goes with the server: dropping one takes longer than most tests.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync("postgres", $"CREATE DATABASE {name}");
        return name;
    }

    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionTo(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<object?> ScalarAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionTo(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public async Task StartAsync()
    {
        const string script = """
            "$1/pg_ctl" -D "$2" -w -t 60 -l "$2/log" \
              -o "-p $3 -k $4 -h 127.0.0.1 -c max_connections=200 -c fsync=on" start >/dev/null 2>&1 || exit 1
            echo up
            read word
            "$1/pg_ctl" -D "$2" -m immediate stop >/dev/null 2>&1
            [ "$word" = keep ] || rm -rf "$5"
            """;
        _keeper = Start(
            script,
            redirect: true,
            Programs,
            Data,
            Port.ToString(CultureInfo.InvariantCulture),
            Sockets,
            _folder
        );
        if (await _keeper.StandardOutput.ReadLineAsync() != "up")
            throw new InvalidOperationException($"PostgreSQL did not start: see {Data}/log.");
    }

    public async Task StopAsync(string mode = "fast")
    {
        if (_keeper is null)
            return;
        Run("\"$1/pg_ctl\" -D \"$2\" -m \"$3\" -w stop >/dev/null 2>&1 || true", Programs, Data, mode);
        await EndKeeperAsync();
    }

    Task IDatabaseServer.StopAsync() => StopAsync();

    /// <summary>SIGKILL to the postmaster and all its children: only what was fsynced is left.</summary>
    public async Task KillAsync()
    {
        Run(
            "pid=$(head -n 1 \"$1/postmaster.pid\"); kill -9 $pid $(pgrep -P $pid); while kill -0 $pid 2>/dev/null; "
                + "do sleep 0.05; done; sleep 0.2",
            Data
        );
        await EndKeeperAsync();
    }

    private async Task EndKeeperAsync()
    {
        await _keeper!.StandardInput.WriteLineAsync("keep");
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        _keeper.Dispose();
        _keeper = null;
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static Process Start(string script, bool redirect, params string[] arguments)
    {
        string[] command = ["sh", "-c", script, "sh", .. arguments];
        if (Environment.UserName == "root")
            command = ["runuser", "-u", "postgres", "--", .. command];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = redirect,
            RedirectStandardOutput = redirect,
            WorkingDirectory = "/tmp",
        };
        return Process.Start(start)!;
    }

    private static void Run(string script, params string[] arguments)
    {
        using var process = Start(script, redirect: false, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"'{script}' failed with exit code {process.ExitCode}. Is postgresql-15 installed? ./test.sh does it."
            );
    }
}
