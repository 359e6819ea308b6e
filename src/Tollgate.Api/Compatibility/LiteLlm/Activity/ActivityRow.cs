using Tollgate.Accounting.Usage;

namespace Tollgate.Api.Compatibility.LiteLlm.Activity;

/// <summary>The sums of one day, model, provider, key, and entity.</summary>
internal sealed record ActivityRow
{
    /// <summary>The day as text.</summary>
    public required string Day { get; init; }

    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>The provider.</summary>
    public required string Provider { get; init; }

    /// <summary>The id of the key.</summary>
    public required string Key { get; init; }

    /// <summary>The user or the team.</summary>
    public required string Entity { get; init; }

    /// <summary>The sums.</summary>
    public required UsageTotals Totals { get; init; }
}
