using Tollgate.Identity.Permissions;

namespace Tollgate.Identity.Tokens;

/// <summary>The tokens of an API session.</summary>
/// <param name="Caller">The person.</param>
/// <param name="AccessToken">The token for requests.</param>
/// <param name="ExpiresIn">How long it is valid.</param>
/// <param name="RefreshToken">The token for the next pair; it works once.</param>
public sealed record TokenPair(Principal Caller, string AccessToken, TimeSpan ExpiresIn, string RefreshToken)
{
    /// <summary>Returns the caller only, so that a logged record does not reveal the tokens.</summary>
    public override string ToString() => Caller.Name;
}
