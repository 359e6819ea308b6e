using Tollgate.Accounting.Usage;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Operations.Usage.Facets;

/// <summary>Requests the values that a dimension has in some usage.</summary>
/// <param name="Scope">The usage.</param>
/// <param name="Field">The dimension.</param>
public sealed record FacetRequest(UsageScope Scope, UsageDimension Field)
{
    /// <summary>The maximum number of values, from 1 to 1000.</summary>
    public int Top { get; init; } = 50;
}
