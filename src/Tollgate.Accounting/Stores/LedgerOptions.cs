using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tollgate.Accounting.InFlight;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores;

/// <summary>The options of a ledger.</summary>
public sealed record LedgerOptions
{
    /// <summary>The default name of the database file in <see cref="DataFolder"/>.</summary>
    public const string FileName = "tollgate.db";

    /// <summary>
    /// The default data folder: <c>tollgate</c> in the user's folder for local application data, which is
    /// <c>~/.local/share</c> on Linux, <c>~/Library/Application Support</c> on macOS, and <c>%LOCALAPPDATA%</c> on
    /// Windows. The program <c>tollgate</c> uses it too if neither <c>--data</c> nor <c>TOLLGATE_HOME</c> is set.
    /// </summary>
    public static string UserFolder =>
        Path.Combine(
            Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData,
                Environment.SpecialFolderOption.DoNotVerify
            ),
            "tollgate"
        );

    /// <summary>
    /// The folder for the database and its locks, by default <see cref="UserFolder"/>. Created if missing. Variables
    /// of the environment do not change it.
    /// </summary>
    public string DataFolder { get; init; } = UserFolder;

    /// <summary>
    /// The final store of the records; null for the SQLite file itself. With a server, the SQLite file is its spool:
    /// records are durable there at once and replicated afterwards, so that an outage of the server neither loses
    /// records nor delays calls. The ledger disposes of the store.
    /// </summary>
    public ILedgerStore? Store { get; init; }

    /// <summary>Where the ledger logs outages and their ends; by default nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// Prices an attempt of a crashed gateway. By default it stays unpriced, which is not the same as free.
    /// </summary>
    public Func<InFlightAttempt, (Money? Cost, string? Source)> PriceRecovered { get; init; } = _ => (null, null);

    /// <summary>
    /// The maximum number of writes in one transaction. More increase the wait of the first, fewer increase the cost of
    /// each.
    /// </summary>
    public int BatchLimit { get; init; } = 512;

    /// <summary>The failures that an acknowledged record survives; by default also a power failure.</summary>
    public LedgerDurability Durability { get; init; }

    /// <summary>The size of the write-ahead log at which it is copied into the database in the background.</summary>
    public long CheckpointBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The interval at which an unwritable ledger is retried.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Returns the same options for the ledger at an address: <c>sqlite:///path/to/file.db</c>, or a server URL.
    /// </summary>
    /// <param name="url">The address.</param>
    /// <param name="factories">The servers that the program supports.</param>
    /// <exception cref="FormatException">The address is invalid, or its scheme is not supported by any of the
    /// factories.</exception>
    public LedgerOptions WithUrl(string url, params IReadOnlyList<ILedgerStoreFactory> factories) =>
        LedgerAddress.Apply(url, this, factories);

    /// <summary>SQL for every connection that the writer opens, used by tests to limit the disk.</summary>
    internal Func<string?> WriterSetup { get; init; } = () => null;

    /// <summary>The name of the database file in <see cref="DataFolder"/>.</summary>
    public string DatabaseFile { get; init; } = FileName;

    internal string DatabasePath => Path.Combine(DataFolder, DatabaseFile);

    /// <summary>Locks and journals: two ledgers in one folder must not share them.</summary>
    internal string StateFolder => DatabaseFile == FileName ? DataFolder : DatabasePath + ".state";
}
