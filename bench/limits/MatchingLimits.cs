using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;
using Tollgate.Metering.Usage;

namespace Tollgate.Limits.Bench;

/// <summary>Limits of every scope, metric and window that all apply to one call and are never exhausted.</summary>
internal static class MatchingLimits
{
    public static readonly LimitSubject Subject = new(
        new Attribution
        {
            KeyId = "key-7",
            User = "user-7",
            Project = "apollo",
            Application = "notes",
        },
        "openai",
        "gpt-4o",
        "smart",
        "team-a",
        "acme"
    );

    public static readonly LimitDemand Bound = new(
        new TokenUsage
        {
            [UsageKind.InputText] = 1000,
            [UsageKind.OutputText] = 4096,
            [UsageKind.Request] = 1,
        },
        Money.Round(0.04346m)
    );

    private static readonly LimitScope[] Scopes =
    [
        LimitScope.Create(new ScopeTerm(LimitDimension.Key, null)),
        LimitScope.Create(new ScopeTerm(LimitDimension.User, "user-7")),
        LimitScope.Create(new ScopeTerm(LimitDimension.Team, "team-a")),
        LimitScope.Create(new ScopeTerm(LimitDimension.Model, "gpt-4o")),
        LimitScope.Global,
    ];

    private static readonly LimitMetric[] Metrics =
    [
        LimitMetric.Requests,
        LimitMetric.TotalTokens,
        LimitMetric.Cost,
        LimitMetric.OutputTokens,
    ];

    private static readonly LimitWindow[] Windows =
    [
        new CalendarWindow(CalendarUnit.Day),
        new RollingWindow(TimeSpan.FromHours(1)),
        new CalendarWindow(CalendarUnit.Month),
    ];

    public static IReadOnlyList<Limit> Of(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(index => new Limit
                {
                    Id = $"limit-{index}",
                    Name = $"limit-{index}",
                    Scope = Scopes[index % Scopes.Length],
                    Metric = Metrics[index % Metrics.Length],
                    Window = Windows[index % Windows.Length],
                    Amount = (Int128)1_000_000_000_000_000_000 * 100_000,
                }),
        ];
}
