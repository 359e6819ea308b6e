using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Usage;

/// <summary>Matches the attempts of one call.</summary>
/// <param name="Call">The id of the call.</param>
public sealed record CallFilter(Guid Call) : UsageFilter
{
    /// <inheritdoc/>
    public override bool IsRolledUp => false;

    /// <inheritdoc/>
    public override bool Matches(UsageRecord record) => record.Id.Call == Call;
}
