using Tollgate.Accounting.InFlight;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores;

/// <summary>How a ledger is opened.</summary>
public sealed record LedgerOptions
{
    /// <summary>The usual name of the database file in <see cref="DataFolder"/>.</summary>
    public const string FileName = "tollgate.db";

    /// <summary>The user's own data folder, where nothing names another.</summary>
    public static string UserFolder =>
        Path.Combine(
            Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData,
                Environment.SpecialFolderOption.DoNotVerify
            ),
            "tollgate"
        );

    /// <summary>
    /// The folder that holds the database, its locks and nothing else of value: <c>$TOLLGATE_HOME</c>, else the user's
    /// own. Made where it is missing.
    /// </summary>
    public string DataFolder { get; init; } =
        Environment.GetEnvironmentVariable("TOLLGATE_HOME") is { Length: > 0 } home
            ? Path.GetFullPath(home)
            : UserFolder;

    /// <summary>
    /// Where records go in the end; null for the SQLite file itself. With a server, the SQLite file is its spool: what
    /// is booked is durable there at once and follows, so that an outage of the server loses nothing and delays nobody.
    /// The ledger disposes of it.
    /// </summary>
    public ILedgerStore? Store { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// Prices an attempt whose gateway died. By default it stays unpriced, which is not the same as free.
    /// </summary>
    public Func<OpenAttempt, (Money? Cost, string? Source)> PriceRecovered { get; init; } = _ => (null, null);

    /// <summary>
    /// The most writes in one transaction. More lengthen the wait of the first, fewer raise the cost of each.
    /// </summary>
    public int BatchLimit { get; init; } = 512;

    /// <summary>The size of the write-ahead log at which it is copied into the database in the background.</summary>
    public long CheckpointBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How long an unwritable ledger waits before it tries again.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The same options for the ledger at an address: <c>sqlite:///path/to/file.db</c>, or a server's URL.
    /// </summary>
    /// <param name="url">The address.</param>
    /// <param name="factories">The servers that the program knows.</param>
    /// <exception cref="FormatException">The address cannot be read, or is for a store that is not among the
    /// factories.</exception>
    public LedgerOptions At(string url, params IReadOnlyList<ILedgerStoreFactory> factories) =>
        LedgerAddress.Apply(url, this, factories);

    /// <summary>SQL for every connection that the writer opens, by which tests narrow the disk.</summary>
    internal Func<string?> WriterSetup { get; init; } = () => null;

    /// <summary>The name of the database file in <see cref="DataFolder"/>.</summary>
    public string DatabaseFile { get; init; } = FileName;

    internal string DatabasePath => Path.Combine(DataFolder, DatabaseFile);

    /// <summary>Locks and journals: two ledgers in one folder must not share them.</summary>
    internal string StateFolder => DatabaseFile == FileName ? DataFolder : DatabasePath + ".state";
}
