namespace Tollgate.Metering.Usage;

/// <summary>The source of a record's token counts.</summary>
public enum UsageSource
{
    /// <summary>Reported by the provider.</summary>
    Reported,

    /// <summary>Counted or bounded by Tollgate, because the provider's report did not arrive.</summary>
    Estimated,

    /// <summary>Nothing was consumed, or nothing is known: an attempt refused, failed or never sent.</summary>
    Missing,
}
