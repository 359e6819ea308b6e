using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Usage;

/// <summary>
/// Matches records with one of several outcomes. A correction has an outcome of its own, so it does not follow the call
/// that it corrects.
/// </summary>
/// <param name="Outcomes">The outcomes; none matches nothing.</param>
public sealed record OutcomeFilter(IReadOnlyList<CallOutcome> Outcomes) : UsageFilter
{
    /// <inheritdoc/>
    public override bool IsRolledUp => false;

    /// <inheritdoc/>
    public override bool IsNever => Outcomes.Count == 0;

    /// <inheritdoc/>
    public override bool Matches(UsageRecord record) => Outcomes.Contains(record.Outcome);
}
