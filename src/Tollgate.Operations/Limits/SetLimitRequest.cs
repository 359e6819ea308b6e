using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;

namespace Tollgate.Operations.Limits;

/// <summary>
/// A limit to be set. Properties that are null stay as they are; a new limit is hard and has no alerts.
/// </summary>
public sealed record SetLimitRequest
{
    /// <summary>The calls that it applies to. A key may be named by its id or prefix.</summary>
    public required LimitScope Scope { get; init; }

    /// <summary>The metric, window and amount.</summary>
    public required LimitExpression Expression { get; init; }

    /// <summary>
    /// Distinguishes the limit from others with the same metric, window and scope; letters, digits, <c>-</c> and
    /// <c>_</c>. Null for the only one.
    /// </summary>
    public string? Variant { get; init; }

    /// <summary>The action when it is exhausted.</summary>
    public LimitMode? Mode { get; init; }

    /// <summary>The percentages of the amount at which an alert is sent, from 1 to 1000.</summary>
    public IReadOnlyList<int>? AlertAt { get; init; }

    /// <summary>A temporarily higher amount.</summary>
    public TemporaryIncrease? Increase { get; init; }

    /// <summary>True if an existing limit keeps its time zone, anchor and burst.</summary>
    public bool KeepsWindow { get; init; }

    internal Limit Apply(Limit limit, Limit? before) =>
        limit with
        {
            Window = KeepsWindow && before is not null ? before.Window : limit.Window,
            Mode = Mode ?? before?.Mode ?? LimitMode.Hard,
            AlertThresholds = AlertAt is null ? before?.AlertThresholds ?? [] : [.. AlertAt.Distinct().Order()],
            TemporaryIncrease = Increase ?? before?.TemporaryIncrease,
        };
}

/// <summary>A limit that was set.</summary>
/// <param name="Before">The limit before; null if it is new.</param>
/// <param name="After">The limit now.</param>
/// <param name="AlreadyUsed">The part of the amount that was already used in its window; null if it is not
/// known.</param>
public sealed record SetLimitResult(LimitDetails? Before, LimitDetails After, decimal? AlreadyUsed);
