using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sqlite.Transcripts;

namespace Tollgate.Accounting.Transcripts.Writing;

/// <summary>Determines what the transcript log stores, where, and for how long.</summary>
public sealed record TranscriptOptions
{
    /// <summary>The default name of the log's file in the data folder.</summary>
    public const string FileName = "audit.db";

    /// <summary>
    /// The folder of the SQLite file, by default <see cref="LedgerOptions.UserFolder"/>. Created if missing.
    /// </summary>
    public string DataFolder { get; init; } = LedgerOptions.UserFolder;

    /// <summary>The name of the SQLite file.</summary>
    public string DatabaseFile { get; init; } = FileName;

    /// <summary>The server that stores the log; null for the SQLite file. The log disposes of it.</summary>
    public ITranscriptStore? Store { get; init; }

    /// <summary>The texts of calls to store. By default none.</summary>
    public TranscriptCapture Capture { get; init; }

    /// <summary>True if denials are stored.</summary>
    public bool RecordsDenials { get; init; } = true;

    /// <summary>How long entries and denials are stored.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The maximum size of a stored text, in bytes of UTF-8. Longer ones are truncated and marked.</summary>
    public int MaxTextBytes { get; init; } = 64 * 1024;

    /// <summary>How calls are handled while the log cannot be written.</summary>
    public TranscriptOutagePolicy WhenUnavailable { get; init; }

    /// <summary>The maximum size of the queue in memory, in bytes.</summary>
    public long MaxQueueBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>The maximum number of denial rows per second, in addition to the one for all others.</summary>
    public int MaxDenialRowsPerSecond { get; init; } = 100;

    /// <summary>Where outages of the log and their ends are logged; by default nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal string DatabasePath => Path.Combine(DataFolder, DatabaseFile);

    /// <summary>Returns a copy for the log at an address: <c>sqlite:///path/to/audit.db</c>, or a server URL.</summary>
    /// <param name="url">The address.</param>
    /// <param name="factories">The servers that the program supports.</param>
    /// <exception cref="FormatException">The address is invalid, or its scheme is not supported by any of the
    /// factories.</exception>
    public TranscriptOptions WithUrl(string url, params IReadOnlyList<ITranscriptStoreFactory> factories)
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
            return this with { Store = known.OpenTranscripts(url) };
        var names = string.Join(
            ", ",
            factories
                .SelectMany(static factory => factory.Schemes)
                .Prepend("sqlite")
                .Select(static name => name + "://")
        );
        throw new FormatException($"Transcripts cannot be stored at '{scheme}://'. Supported: {names}.");
    }

    /// <summary>Opens the store that these options name, for direct access.</summary>
    public ITranscriptStore OpenStore() => Store ?? new SqliteTranscriptStore(DatabasePath);
}
