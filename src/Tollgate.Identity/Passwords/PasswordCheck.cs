namespace Tollgate.Identity.Passwords;

/// <summary>The result of comparing a password with a stored hash.</summary>
public enum PasswordCheck
{
    /// <summary>It is not the password, or there is no hash.</summary>
    Wrong,

    /// <summary>It is the password.</summary>
    Correct,

    /// <summary>It is the password, but its hash has fewer rounds than new ones: hash it again.</summary>
    CorrectButOutdated,

    /// <summary>Too many passwords already wait to be hashed; nothing was compared.</summary>
    Busy,
}
