using System.CommandLine;
using Tollgate.Accounting.Transcripts;
using Tollgate.Configuration.Locations;

namespace Tollgate.Cli.AuditTrail;

/// <summary>Records operator actions in the transcript log, so that others can look them up later.</summary>
internal static class OperatorAuditTrail
{
    /// <summary>
    /// Writes one event for each message. If the log cannot be written, nothing is undone; a warning goes to standard
    /// error.
    /// </summary>
    public static async Task WriteAsync(
        ParseResult parsed,
        string? data,
        TimeProvider time,
        IEnumerable<string> messages,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var options = TranscriptLogLocation.Resolve(data);
            await using var store = options.OpenStore();
            await store.MigrateAsync(cancellationToken);
            await store.AppendAsync(
                [.. messages.Select(message => CreateEntry(message, time.GetUtcNow()).Truncate(options.MaxTextBytes))],
                [],
                cancellationToken
            );
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or System.Data.Common.DbException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(
                $"tollgate: warning: could not record this in the transcript log: {exception.Message}"
            );
        }
    }

    private static TranscriptEntry CreateEntry(string message, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            Type = TranscriptEntryType.Event,
            Time = now,
            User = Environment.UserName,
            Message = message,
        };
}
