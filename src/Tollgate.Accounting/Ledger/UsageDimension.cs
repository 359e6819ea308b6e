namespace Tollgate.Accounting.Ledger;

/// <summary>What usage can be grouped by in a moment, because sums by it are kept.</summary>
public enum UsageDimension
{
    /// <summary>The model that was asked of the provider.</summary>
    Model,

    /// <summary>The provider.</summary>
    Provider,

    /// <summary>The id of the virtual key.</summary>
    Key,

    /// <summary>The user.</summary>
    User,

    /// <summary>The project.</summary>
    Project,
}
