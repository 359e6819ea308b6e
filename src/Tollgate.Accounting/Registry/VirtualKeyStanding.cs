namespace Tollgate.Accounting.Registry;

/// <summary>What a presented key is worth.</summary>
public enum VirtualKeyStanding
{
    /// <summary>No such key was ever given out.</summary>
    Unknown,

    /// <summary>It is accepted.</summary>
    Active,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>It was taken back.</summary>
    Revoked,
}
