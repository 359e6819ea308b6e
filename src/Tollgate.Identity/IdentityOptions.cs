namespace Tollgate.Identity;

/// <summary>The options of accounts, sign-in, and tokens.</summary>
public sealed record IdentityOptions
{
    /// <summary>The rounds of PBKDF2 for a new hash of a password. A hash with fewer is replaced at the next
    /// sign-in.</summary>
    public int PasswordIterations { get; init; } = 220_000;

    /// <summary>The maximum number of passwords that are hashed at the same time; by default one a core.</summary>
    public int MaxHashings { get; init; } = Environment.ProcessorCount;

    /// <summary>The maximum number of passwords that wait to be hashed; more are refused as busy.</summary>
    public int MaxWaitingHashings { get; init; } = 50;

    /// <summary>How long a session may be unused.</summary>
    public TimeSpan SessionIdleTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a session lasts at most, however often it is used.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromHours(8);

    /// <summary>True if accounts with the role <c>user</c> may create and revoke their own keys.</summary>
    public bool UsersManageOwnKeys { get; init; }

    /// <summary>
    /// The master key, base64 or hexadecimal; null to read it from a file. The program takes it from the variable
    /// <see cref="MasterKeyVariable"/>.
    /// </summary>
    public string? MasterKey { get; init; }

    /// <summary>The file with the master key; null for <c>master.key</c> in the data folder, created if
    /// absent.</summary>
    public string? MasterKeyFile { get; init; }

    /// <summary>The name of the environment variable for <see cref="MasterKey"/>.</summary>
    public const string MasterKeyVariable = "TOLLGATE_MASTER_KEY";

    /// <summary>
    /// The master key before, base64 or hexadecimal, while secrets are encrypted with the new one; otherwise null.
    /// </summary>
    public string? PreviousMasterKey { get; init; }

    /// <summary>The name of the environment variable for <see cref="PreviousMasterKey"/>.</summary>
    public const string PreviousMasterKeyVariable = "TOLLGATE_MASTER_KEY_PREVIOUS";

    /// <summary>The issuer of access tokens (<c>iss</c>).</summary>
    public string Issuer { get; init; } = "tollgate";

    /// <summary>The audience of access tokens (<c>aud</c>).</summary>
    public string Audience { get; init; } = "tollgate-api";

    /// <summary>How long an access token is valid.</summary>
    public TimeSpan AccessTokenLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The age at which a signing key is replaced; it verifies for a day more.</summary>
    public TimeSpan SigningKeyLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long a one-time link is valid.</summary>
    public TimeSpan LinkLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The identity provider; null if people sign in with passwords only.</summary>
    public OpenIdOptions? OpenId { get; init; }
}
