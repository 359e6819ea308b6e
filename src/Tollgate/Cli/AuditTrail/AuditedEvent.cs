using System.CommandLine;
using Tollgate.Accounting.Transcripts;
using Tollgate.Configuration.Locations;

namespace Tollgate.Cli.AuditTrail;

/// <summary>Records operator actions in the transcript log, so that others can look them up later.</summary>
internal static class AuditedEvent
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
        CancellationToken cancellation
    )
    {
        try
        {
            var options = AuditLocation.Resolve(data);
            await using var store = options.OpenStore();
            await store.MigrateAsync(cancellation);
            await store.AppendAsync(
                [.. messages.Select(message => EntryOf(message, time.GetUtcNow()).Within(options.MaxText))],
                [],
                cancellation
            );
        }
        catch (Exception fault)
            when (fault is IOException or UnauthorizedAccessException or System.Data.Common.DbException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(
                $"tollgate: warning: could not record this in the transcript log: {fault.Message}"
            );
        }
    }

    private static AuditEntry EntryOf(string message, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            Type = AuditEntryType.Event,
            Time = now,
            User = Environment.UserName,
            Message = message,
        };
}
