using System.Text.Json.Serialization;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Serialization;

namespace Tollgate.Operations.Limits;

/// <summary>The effect that a limit would have had on recorded calls.</summary>
public sealed record LimitPreview
{
    /// <summary>The limit.</summary>
    public required LimitDetails Limit { get; init; }

    /// <summary>The start of the range.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The end of the range, exclusive.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>
    /// The time from which usage was counted, so that the window is as full at the start of the range as it was. A
    /// limit without a window starts at 0.
    /// </summary>
    public required DateTimeOffset CountedFrom { get; init; }

    /// <summary>The number of calls in the range to which the limit applies.</summary>
    public required long Calls { get; init; }

    /// <summary>The number of them that it would have refused.</summary>
    public required long Refused { get; init; }

    /// <summary>The cost of the refused calls; without unpriced ones.</summary>
    [JsonConverter(typeof(MoneyTextJson))]
    public required Money? RefusedCost { get; init; }

    /// <summary>The start of the first refused call; null if there is none.</summary>
    public required DateTimeOffset? FirstRefusedAt { get; init; }

    /// <summary>The number of calls without a price, which count as 0 for a limit on cost.</summary>
    public required long Unpriced { get; init; }
}
