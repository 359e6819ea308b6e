using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Usage;

/// <summary>
/// Matches records with a provider's response id. There is no index on it: the records of the period are read.
/// </summary>
/// <param name="ResponseId">The exact id.</param>
public sealed record ResponseFilter(string ResponseId) : UsageFilter
{
    /// <inheritdoc/>
    public override bool IsRolledUp => false;

    /// <inheritdoc/>
    public override bool Matches(UsageRecord record) => record.ResponseId == ResponseId;
}
