using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;

namespace Tollgate.Operations.Limits;

/// <summary>Differences between the limits in force and those of the configuration.</summary>
internal static class LimitConflicts
{
    /// <summary>Describes what a file defines but is not in force; null if it does not differ.</summary>
    public static string? Describe(Limit limit, Limit? configured) =>
        configured is not null
        && configured.Owner != limit.Owner
        && (
            configured.Amount != limit.Amount
            || configured.Mode != limit.Mode
            || configured.Window != limit.Window
            || configured.TemporaryIncrease != limit.TemporaryIncrease
            || !configured.AlertThresholds.SequenceEqual(limit.AlertThresholds)
        )
            ? $"{(limit.Owner is null ? "set at run time" : "defined by its owner first")}; {configured.Owner} defines "
                + LimitText.FormatAmount(configured.Metric, configured.Amount)
                + (configured.Mode == limit.Mode ? "" : $" {configured.Mode.ToString().ToLowerInvariant()}")
            : null;
}
