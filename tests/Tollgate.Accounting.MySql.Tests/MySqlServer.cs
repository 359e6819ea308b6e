using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using MySqlConnector;
using Tollgate.Testing;

namespace Tollgate.Accounting.MySql.Tests;

/// <summary>
/// A real server in a folder of its own, with a password and fsync: MariaDB, which Debian has. It runs under a shell
/// that stops it as soon as the test process, however it ended, no longer holds the shell's input open, and then
/// removes the folder too.
/// </summary>
public class MySqlServer : IDatabaseServer, IAsyncLifetime
{
    /// <summary>Every character that a URL, a connection string or a shell could mistake for its own.</summary>
    public const string OddPassword = "p@ss:w/o?r#d %41;&=+'\"\\ü$[]";

    private readonly string _folder = Path.Combine(
        "/tmp",
        $"tollgate-mysql-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}"
    );
    private readonly string _password = RandomNumberGenerator.GetHexString(16);
    private Process? _keeper;
    private int _databases;

    public int Port { get; } = FreePort.Find();

    /// <summary>Further options of the server, separated by spaces.</summary>
    protected virtual string Options => "";

    private string Data => Path.Combine(_folder, "data");

    public virtual async ValueTask InitializeAsync()
    {
        // A server removes every temporary table that it finds when it starts: in a folder shared with another, also
        // the other's.
        Run(
            "mkdir -m 700 \"$1\" \"$1/tmp\" && TMPDIR=\"$1/tmp\" mariadb-install-db --no-defaults --datadir=\"$2\" "
                + "--auth-root-authentication-method=normal --skip-test-db >\"$1/install.log\" 2>&1",
            _folder,
            Data
        );
        // The tests' login may do anything in its databases and nothing to the server, as a ledger's should.
        Run(
            "printf %s \"$2\" > \"$1/logins.sql\"",
            _folder,
            $"CREATE USER IF NOT EXISTS tollgate@'%' IDENTIFIED BY '{_password}';\n"
                + "GRANT ALL ON `test\\_%`.* TO tollgate@'%';\n"
                + $"CREATE USER IF NOT EXISTS odd@'%' IDENTIFIED BY '{Quoted(OddPassword)}';\n"
                + "GRANT ALL ON `test\\_%`.* TO odd@'%';\n"
                + $"CREATE USER IF NOT EXISTS filer@'%' IDENTIFIED BY '{_password}';\n"
                + "GRANT FILE ON *.* TO filer@'%';\n"
                + "GRANT ALL ON `test\\_%`.* TO filer@'%';\n"
                + $"CREATE USER IF NOT EXISTS certified@'%' IDENTIFIED BY '{_password}' REQUIRE X509;\n"
                + "GRANT ALL ON `test\\_%`.* TO certified@'%';\n"
                + "GRANT PROCESS ON *.* TO tollgate@'%';\n"
        ); // To see the transactions of others.
        await StartAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await StopAsync();
        Run("rm -rf \"$1\"", _folder);
    }

    /// <summary>How the tests log in.</summary>
    public string ConnectionTo(string database, string user = "tollgate") =>
        $"Server=127.0.0.1;Port={Port};User ID={user};Password={_password};Database={database};Maximum Pool "
        + $"Size=10;Connection Timeout=60;SSL Mode=Disabled";

    string IDatabaseServer.ConnectionTo(string database) => ConnectionTo(database);

    /// <summary>The same, as users write it.</summary>
    public string UrlTo(string database) => UrlTo(database, "sslmode=disabled&pool_size=10");

    public string UrlTo(string database, string settings, string user = "tollgate", string host = "127.0.0.1") =>
        $"mysql://{user}:{_password}@{host}:{Port}/{database}?{settings}";

    /// <summary>A new, empty database. It goes with the server: dropping one takes longer than most tests.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync("", $"CREATE DATABASE {name}");
        return name;
    }

    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new MySqlConnection(ConnectionTo(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<object?> ScalarAsync(string database, string sql)
    {
        await using var connection = new MySqlConnection(ConnectionTo(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Does something while another connection holds a table's lock.</summary>
    public async Task WhileLockedAsync(string database, string table, Func<Task> act)
    {
        await using var connection = new MySqlConnection(ConnectionTo(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new MySqlCommand($"LOCK TABLES {table} WRITE", connection);
        await command.ExecuteNonQueryAsync();
        await act();
    }

    public async Task StartAsync()
    {
        const string script = """
            mariadbd --no-defaults --datadir="$1/data" --tmpdir="$1/tmp" --port="$2" --bind-address=127.0.0.1 \
              --skip-networking=0 --skip-name-resolve --socket="$1/socket" --pid-file="$1/pid" \
              --init-file="$1/logins.sql" --max-connections=200 --innodb-flush-log-at-trx-commit=1 \
              --innodb-buffer-pool-size=64M $3 >>"$1/log" 2>&1 </dev/null &
            server=$!
            for i in $(seq 600); do
              mariadb-admin --no-defaults --host=127.0.0.1 --port="$2" --user=nobody ping >/dev/null 2>&1 && break
              kill -0 $server 2>/dev/null || exit 1
              sleep 0.1
            done
            echo up; read word; kill -9 $server 2>/dev/null; [ "$word" = keep ] || rm -rf "$1"
            """;
        _keeper = Start(script, redirect: true, _folder, Port.ToString(CultureInfo.InvariantCulture), Options);
        if (await _keeper.StandardOutput.ReadLineAsync() != "up")
            throw new InvalidOperationException($"MariaDB did not start: see {_folder}/log.");
    }

    public async Task StopAsync()
    {
        if (_keeper is null)
            return;
        await EndAsync("TERM");
    }

    /// <summary>SIGKILL: only what was written through to the disk is left.</summary>
    public Task KillAsync() => EndAsync("KILL");

    private async Task EndAsync(string signal)
    {
        Run(
            "pid=$(cat \"$1/pid\") && kill -$2 $pid; while kill -0 $pid 2>/dev/null && [ \"$(ps -o stat= -p $pid | "
                + "cut -c 1)\" != Z ]; do sleep 0.05; done",
            _folder,
            signal
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

    /// <summary>MariaDB refuses to run as root, unless told to; Debian has a user for it.</summary>
    private static Process Start(string script, bool redirect, params string[] arguments)
    {
        string[] command = ["sh", "-c", script, "sh", .. arguments];
        if (Environment.UserName == "root")
            command = ["runuser", "-u", "mysql", "--", .. command];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = redirect,
            RedirectStandardOutput = redirect,
            WorkingDirectory = "/tmp",
        };
        start.Environment["PATH"] += ":/usr/sbin";
        return Process.Start(start)!;
    }

    private static void Run(string script, params string[] arguments)
    {
        using var process = Start(script, redirect: false, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"'{script}' failed with exit code {process.ExitCode}. Is mariadb-server installed? ./test.sh does it."
            );
    }

    private static string Quoted(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal);
}
