namespace Tollgate.Identity.Accounts;

/// <summary>The reasons for which sessions end, as they are stored.</summary>
public static class SessionEnd
{
    /// <summary>The person signed out.</summary>
    public const string SignedOut = "signed_out";

    /// <summary>The person or an administrator ended it from the list of sessions.</summary>
    public const string Revoked = "revoked";

    /// <summary>It was not used for too long.</summary>
    public const string Idle = "idle";

    /// <summary>The password was changed.</summary>
    public const string PasswordChanged = "password_changed";

    /// <summary>The role was changed.</summary>
    public const string RoleChanged = "role_changed";

    /// <summary>The external identity was changed.</summary>
    public const string IdentityChanged = "identity_changed";

    /// <summary>The account was disabled.</summary>
    public const string Disabled = "disabled";

    /// <summary>The account was deleted.</summary>
    public const string AccountDeleted = "account_deleted";

    /// <summary>A refresh token was presented that is not the current one, so it may have been stolen.</summary>
    public const string SecretReused = "secret_reused";
}
