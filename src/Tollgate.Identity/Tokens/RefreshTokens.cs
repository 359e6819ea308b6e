using Tollgate.Accounting;
using Tollgate.Accounting.SignIns;
using Tollgate.Identity.Permissions;
using Tollgate.Identity.Sessions;

namespace Tollgate.Identity.Tokens;

/// <summary>
/// The tokens of API sessions: an access token, and a refresh token that works once. If a former refresh token is
/// presented, it may have been stolen, so the session ends (RFC 9700).
/// </summary>
public sealed class RefreshTokens
{
    private readonly ActiveSessions _sessions;
    private readonly AccessTokens _accessTokens;
    private readonly IdentityOptions _options;

    /// <summary>Creates the service.</summary>
    /// <param name="sessions">The sessions of the process.</param>
    /// <param name="accessTokens">The access tokens of the process.</param>
    /// <param name="options">The times.</param>
    public RefreshTokens(ActiveSessions sessions, AccessTokens accessTokens, IdentityOptions options) =>
        (_sessions, _accessTokens, _options) = (sessions, accessTokens, options);

    /// <summary>Returns the first tokens of an API session; null if it has ended already.</summary>
    /// <exception cref="LedgerUnavailableException">The store or the registry is unavailable.</exception>
    public async Task<TokenPair?> IssueAsync(StartedSession started, CancellationToken cancellationToken = default) =>
        await _sessions.CheckAsync(started.Session.Id, cancellationToken) is { } caller
            ? await CreatePairAsync(caller, started.Token, cancellationToken)
            : null;

    /// <summary>Returns the next tokens for a refresh token; null if it is not valid.</summary>
    /// <exception cref="LedgerUnavailableException">The store or the registry is unavailable. If the token was replaced
    /// before that, the person has to sign in again.</exception>
    public async Task<TokenPair?> RefreshAsync(string? refreshToken, CancellationToken cancellationToken = default) =>
        await _sessions.RotateAsync(refreshToken, SignInKind.Api, cancellationToken) is { } rotated
            ? await CreatePairAsync(rotated.Caller, rotated.Token, cancellationToken)
            : null;

    private async Task<TokenPair> CreatePairAsync(
        Principal caller,
        string refreshToken,
        CancellationToken cancellationToken
    ) =>
        new(
            caller,
            await _accessTokens.CreateAsync(caller, cancellationToken),
            _options.AccessTokenLifetime,
            refreshToken
        );
}
