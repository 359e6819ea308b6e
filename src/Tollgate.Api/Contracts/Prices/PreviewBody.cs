namespace Tollgate.Api.Contracts.Prices;

/// <summary>The recorded calls whose costs are to be computed with the current prices.</summary>
internal sealed record PreviewBody
{
    /// <summary>The start; absent for 30 days ago.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The end, exclusive; absent for now.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only this model, as requested by the callers; absent for all.</summary>
    public string? Model { get; init; }
}
