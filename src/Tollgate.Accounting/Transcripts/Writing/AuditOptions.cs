using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sqlite.Transcripts;

namespace Tollgate.Accounting.Transcripts.Writing;

/// <summary>What the audit log keeps, where, and for how long.</summary>
public sealed record AuditOptions
{
    /// <summary>The usual name of the audit log's file in the data folder.</summary>
    public const string FileName = "audit.db";

    /// <summary>The folder of the SQLite file.</summary>
    public string DataFolder { get; init; } = new LedgerOptions().DataFolder;

    /// <summary>The name of the SQLite file.</summary>
    public string DatabaseFile { get; init; } = FileName;

    /// <summary>The server that keeps the log; null for the SQLite file. The log disposes of it.</summary>
    public IAuditStore? Store { get; init; }

    /// <summary>Which texts of calls are kept. By default none.</summary>
    public AuditTexts Texts { get; init; }

    /// <summary>Whether refusals are kept.</summary>
    public bool KeepsRefusals { get; init; } = true;

    /// <summary>How long entries and refusals are kept.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The longest text that is kept, in bytes of UTF-8. Longer ones are cut and marked.</summary>
    public int MaxText { get; init; } = 64 * 1024;

    /// <summary>What happens to calls while the log cannot be written.</summary>
    public AuditOutage WhenUnavailable { get; init; }

    /// <summary>What may wait in memory to be written, in bytes.</summary>
    public long QueueBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>The most rows of refusals that one second can make, beside the one for all others.</summary>
    public int RefusalRowsPerSecond { get; init; } = 100;

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal string DatabasePath => Path.Combine(DataFolder, DatabaseFile);

    /// <summary>The same for the log at an address: <c>sqlite:///path/to/audit.db</c>, or a server's URL.</summary>
    /// <param name="url">The address.</param>
    /// <param name="factories">The servers that the program knows.</param>
    /// <exception cref="FormatException">The address cannot be read, or is for a store that is not among the
    /// factories.</exception>
    public AuditOptions At(string url, params IReadOnlyList<IAuditStoreFactory> factories)
    {
        var scheme = url.Split("://")[0];
        if (scheme.Equals("sqlite", StringComparison.OrdinalIgnoreCase))
        {
            var file = LedgerAddress.Apply(
                url,
                new LedgerOptions { DataFolder = DataFolder, DatabaseFile = DatabaseFile },
                []
            );
            return this with { DataFolder = file.DataFolder, DatabaseFile = file.DatabaseFile };
        }

        var known = factories.FirstOrDefault(factory =>
            factory.Schemes.Contains(scheme, StringComparer.OrdinalIgnoreCase)
        );
        if (known is not null)
            return this with { Store = known.OpenAudit(url) };
        var names = string.Join(
            ", ",
            factories
                .SelectMany(static factory => factory.Schemes)
                .Prepend("sqlite")
                .Select(static name => name + "://")
        );
        throw new FormatException($"There is no audit store for '{scheme}://' here; there is {names}.");
    }

    /// <summary>The store that these options name, for asking it directly.</summary>
    public IAuditStore OpenStore() => Store ?? new SqliteAuditStore(DatabasePath);
}
