using Tollgate.Accounting.InFlight;
using Tollgate.Metering.Usage;

namespace Tollgate.Ledger.Bench;

/// <summary>Ordinary calls: three models, eight keys, a streamed response with cached tokens.</summary>
internal static class Calls
{
    private static readonly string[] Models = ["gpt-4o-mini", "claude-sonnet-4-5", "gemini-2.5-flash"];
    private static readonly string[] Providers = ["openai", "anthropic", "gemini"];
    private static readonly string[] ResponseIds = [.. Enumerable.Range(0, 64).Select(i => $"chatcmpl-BxT9{i:D24}")];
    private static readonly Attribution[] Callers =
    [
        .. Enumerable
            .Range(0, 8)
            .Select(i => new Attribution
            {
                KeyId = $"key-{i}",
                User = $"user-{i}",
                Project = $"project-{i % 3}",
            }),
    ];

    public static (InFlightAttempt Open, UsageRecord Booked)[] Make(int count)
    {
        var started = TimeProvider.System.GetUtcNow();
        return [.. Enumerable.Range(0, count).Select(i => Make(i, started.AddMicroseconds(i * 25)))];
    }

    private static (InFlightAttempt Open, UsageRecord Booked) Make(int i, DateTimeOffset at)
    {
        var usage = new TokenUsage
        {
            [UsageKind.InputText] = 800 + i % 100,
            [UsageKind.CacheRead] = 128,
            [UsageKind.OutputText] = 250,
        };
        var open = new InFlightAttempt
        {
            Id = new CallId(Guid.CreateVersion7(at), 1),
            StartedAt = at,
            Provider = Providers[i % 3],
            Model = Models[i % 3],
            Operation = "chat",
            Streamed = true,
            Attribution = Callers[i % 8],
            UpperBound = usage,
        };
        return (open, Book(open, ResponseIds[i % 64]));
    }

    private static UsageRecord Book(InFlightAttempt open, string responseId) =>
        new()
        {
            Id = open.Id,
            StartedAt = open.StartedAt,
            Duration = TimeSpan.FromMilliseconds(900),
            TimeToFirstToken = TimeSpan.FromMilliseconds(200),
            Provider = open.Provider,
            Model = open.Model,
            ResponseModel = open.Model,
            Operation = open.Operation,
            Streamed = open.Streamed,
            Attribution = open.Attribution,
            Usage = open.UpperBound,
            UsageSource = UsageSource.Reported,
            Cost = Money.Round(0.000321m),
            CostSource = "builtin-2026-07-01",
            Outcome = CallOutcome.Completed,
            StatusCode = 200,
            ResponseId = responseId,
        };
}
