namespace Tollgate.Analytics.Plans;

/// <summary>The accounts whose monthly usage a plan's charge is computed on.</summary>
public enum ChargeScope
{
    /// <summary>Every user has a contract: pools, tiers and fees apply per user.</summary>
    User,

    /// <summary>The organization has one contract for the usage of all its users.</summary>
    Organization,
}
