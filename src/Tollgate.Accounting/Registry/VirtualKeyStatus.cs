namespace Tollgate.Accounting.Registry;

/// <summary>The status of a presented key.</summary>
public enum VirtualKeyStatus
{
    /// <summary>No such key was ever issued.</summary>
    Unknown,

    /// <summary>It is accepted.</summary>
    Active,

    /// <summary>It has expired.</summary>
    Expired,

    /// <summary>It was revoked.</summary>
    Revoked,
}
