using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Tracking;

namespace Tollgate.Operations.Usage;

/// <summary>The outcome of recording a usage.</summary>
public sealed record TrackOutcome
{
    /// <summary>The recorded usage; null if nothing was recorded.</summary>
    public TrackResult? Recorded { get; init; }

    /// <summary>The rule of the registry that it breaches; null if none.</summary>
    public RegistryRefusal? Breach { get; init; }

    /// <summary>The limit that it would exceed, as a sentence; null if none, or if it was recorded.</summary>
    public string? ExceededLimit { get; init; }

    /// <summary>Why it was recorded without a check; null if it was checked.</summary>
    public string? UncheckedReason { get; init; }

    /// <summary>True if no rule and no limit is breached.</summary>
    public bool IsWithinLimits => Breach is null && ExceededLimit is null && Recorded?.Exceeded.Any() != true;
}
