namespace Tollgate.Identity.Accounts;

/// <summary>Why accounts were not changed.</summary>
public enum AccountProblem
{
    /// <summary>They were changed.</summary>
    None,

    /// <summary>There is no such account.</summary>
    NotFound,

    /// <summary>The username is taken.</summary>
    NameTaken,

    /// <summary>Another account has the external identity.</summary>
    IdentityTaken,

    /// <summary>A name is not allowed.</summary>
    InvalidName,

    /// <summary>The password violates a rule.</summary>
    InvalidPassword,

    /// <summary>No enabled administrator would remain.</summary>
    LastAdmin,

    /// <summary>There are accounts already, and the request is for the first one.</summary>
    NotFirst,

    /// <summary>A one-time link is unknown, used, or expired.</summary>
    InvalidLink,

    /// <summary>Too many passwords already wait to be hashed. Try again after a few seconds.</summary>
    Busy,
}
