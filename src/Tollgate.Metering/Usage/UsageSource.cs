namespace Tollgate.Metering.Usage;

/// <summary>Where the token counts of a record come from.</summary>
public enum UsageSource
{
    /// <summary>The provider stated them.</summary>
    Reported,

    /// <summary>Counted or bounded by Tollgate, because the provider's statement did not arrive.</summary>
    Estimated,

    /// <summary>Nothing was consumed, or nothing is known: an attempt refused, failed or never sent.</summary>
    Missing,
}
