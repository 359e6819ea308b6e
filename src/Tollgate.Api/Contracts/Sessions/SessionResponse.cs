using Tollgate.Accounting.SignIns;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Contracts.Sessions;

/// <summary>A name and a password.</summary>
internal sealed record SignInBody
{
    /// <summary>The name of the account.</summary>
    public required string Username { get; init; }

    /// <summary>The password.</summary>
    public required string Password { get; init; }

    /// <summary>Returns the name only, so that a logged record does not reveal the password.</summary>
    public override string ToString() => Username;
}

/// <summary>A refresh token.</summary>
internal sealed record RefreshBody
{
    /// <summary>The refresh token of the last response; it works once.</summary>
    public required string RefreshToken { get; init; }

    /// <summary>Returns nothing of the token.</summary>
    public override string ToString() => nameof(RefreshBody);
}

/// <summary>The tokens of a program that signed in.</summary>
internal sealed record TokenResponse
{
    /// <summary>The access token, to be sent as <c>Authorization: Bearer</c>.</summary>
    public required string AccessToken { get; init; }

    /// <summary>The same as <see cref="AccessToken"/>.</summary>
    public string Token => AccessToken;

    /// <summary>The scheme of the access token.</summary>
    public string TokenType => "Bearer";

    /// <summary>The seconds for which the access token is valid.</summary>
    public required int ExpiresIn { get; init; }

    /// <summary>The token for the next access token; it works once.</summary>
    public required string RefreshToken { get; init; }

    /// <summary>The account.</summary>
    public required TokenOwner User { get; init; }

    /// <summary>The role of the account.</summary>
    public Role Role => User.Role;

    /// <summary>Returns nothing of the tokens.</summary>
    public override string ToString() => nameof(TokenResponse);
}

/// <summary>The account of a token.</summary>
/// <param name="Username">The name.</param>
/// <param name="Role">The role.</param>
internal sealed record TokenOwner(string Username, Role Role);

/// <summary>The sender of a request.</summary>
internal sealed record CallerResponse
{
    /// <summary>How the sender is known: by an account, a service token, or a virtual key.</summary>
    public required PrincipalKind Kind { get; init; }

    /// <summary>The name of the account or token, or the id of the key.</summary>
    public required string Name { get; init; }

    /// <summary>The role of an account.</summary>
    public Role? Role { get; init; }

    /// <summary>The permissions, such as <c>keys:read</c>.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>The data that the sender may see, in words.</summary>
    public required string Reach { get; init; }

    /// <summary>The session; null for a token or a key.</summary>
    public Guid? SessionId { get; init; }
}

/// <summary>A password to be changed by its owner.</summary>
internal sealed record ChangePasswordBody
{
    /// <summary>The password until now.</summary>
    public required string CurrentPassword { get; init; }

    /// <summary>The new password, of at least 15 characters.</summary>
    public required string NewPassword { get; init; }

    /// <summary>Returns nothing of the passwords.</summary>
    public override string ToString() => nameof(ChangePasswordBody);
}

/// <summary>A session of an account.</summary>
internal sealed record SessionResponse
{
    /// <summary>The identity of the session; it is not a secret.</summary>
    public required Guid Id { get; init; }

    /// <summary>The account.</summary>
    public required string Account { get; init; }

    /// <summary>The client: a browser, or a program.</summary>
    public required SignInKind Kind { get; init; }

    /// <summary>How the person signed in.</summary>
    public required SignInMethod Method { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last used, to the minute.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>When it ends at the latest.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The address of the client when it began.</summary>
    public string? Address { get; init; }

    /// <summary>The client's description of itself.</summary>
    public string? Agent { get; init; }

    /// <summary>True for the session of this request.</summary>
    public required bool IsCurrent { get; init; }

    public static SessionResponse Create(SignInSession session, Guid? current) =>
        new()
        {
            Id = session.Id,
            Account = session.Account,
            Kind = session.Kind,
            Method = session.Method,
            CreatedAt = session.CreatedAt,
            SeenAt = session.SeenAt,
            ExpiresAt = session.ExpiresAt,
            Address = session.Address,
            Agent = session.Agent,
            IsCurrent = session.Id == current,
        };
}
