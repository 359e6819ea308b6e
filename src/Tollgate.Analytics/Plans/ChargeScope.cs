namespace Tollgate.Analytics.Plans;

/// <summary>Whose usage of a month a plan's charge is worked out on.</summary>
public enum ChargeScope
{
    /// <summary>Every user has a contract: pools, tiers and fees are each user's own.</summary>
    User,

    /// <summary>The organisation has one contract for the usage of all its users.</summary>
    Organisation,
}
