using System.Buffers;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Tollgate.Accounting;
using Tollgate.Identity.Permissions;
using Tollgate.Identity.Sessions;

namespace Tollgate.Identity.Tokens;

/// <summary>
/// JSON Web Tokens of API sessions (RFC 9068), valid for 15 minutes. They only name the session: it must still be live,
/// and role and reach are those of the account at that time, so that signing out and a new role count within a second.
/// </summary>
public sealed class AccessTokens
{
    private const string Algorithm = SecurityAlgorithms.EcdsaSha256; // ES256
    private const string Type = "at+jwt";
    private const string SessionClaim = "sid";

    /// <summary>Ours have a few hundred characters; parsing longer ones would only let a client cause work.</summary>
    private const int MaxLength = 4096;

    /// <summary>Decoders of base64url may skip white space: one token would have several forms.</summary>
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
    );

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    private readonly JsonWebTokenHandler _handler = new()
    {
        SetDefaultTimesOnTokenCreation = false, // They would be those of the system's clock.
        MapInboundClaims = false,
    };

    private readonly SigningKeys _keys;
    private readonly ActiveSessions _sessions;
    private readonly IdentityOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Creates the service.</summary>
    /// <param name="keys">The keys of the process.</param>
    /// <param name="sessions">The sessions of the process.</param>
    /// <param name="options">Issuer, audience, and times.</param>
    /// <param name="time">The clock.</param>
    public AccessTokens(SigningKeys keys, ActiveSessions sessions, IdentityOptions options, TimeProvider time) =>
        (_keys, _sessions, _options, _time) = (keys, sessions, options, time);

    /// <summary>Creates a token for a person with an API session.</summary>
    /// <exception cref="ArgumentException">The caller has no session.</exception>
    /// <exception cref="LedgerUnavailableException">The registry with the keys is unavailable.</exception>
    public async Task<string> CreateAsync(Principal caller, CancellationToken cancellationToken = default)
    {
        if (caller is not { SessionId: { } session, Role: { } role })
            throw new ArgumentException($"'{caller.Name}' has no session, so no access token.", nameof(caller));
        var now = _time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(
            new SecurityTokenDescriptor
            {
                TokenType = Type,
                Issuer = _options.Issuer,
                Audience = _options.Audience,
                IssuedAt = now,
                Expires = now + _options.AccessTokenLifetime,
                Claims = new Dictionary<string, object>
                {
                    [JwtRegisteredClaimNames.Sub] = caller.Name,
                    [SessionClaim] = session.ToString("N"),
                    ["role"] = role.ToString().ToLowerInvariant(),
                },
                SigningCredentials = new SigningCredentials(await _keys.GetCurrentAsync(cancellationToken), Algorithm),
            }
        );
    }

    /// <summary>Returns the caller with a token; null if it is not valid or its session has ended.</summary>
    /// <exception cref="LedgerUnavailableException">Keys, session, or account cannot be checked.</exception>
    public async Task<Principal?> CheckAsync(string? token, CancellationToken cancellationToken = default)
    {
        if (
            Read(token) is not { } unverified
            || await _keys.FindAsync(unverified.Kid, cancellationToken) is not { } key
        )
            return null;
        var result = await _handler.ValidateTokenAsync(unverified, CreateRules(key));
        if (
            !result.IsValid
            || result.SecurityToken is not JsonWebToken verified
            || !verified.TryGetPayloadValue<string>(SessionClaim, out var sid)
            || !Guid.TryParseExact(sid, "N", out var session)
        )
            return null;
        var caller = await _sessions.CheckAsync(session, cancellationToken);
        return caller?.Name == verified.Subject ? caller : null;
    }

    /// <summary>Parses a token without verifying it; returns null if it is not one.</summary>
    private JsonWebToken? Read(string? token)
    {
        if (token is null || token.Length > MaxLength || token.AsSpan().ContainsAnyExcept(Allowed))
            return null;
        if (!_handler.CanReadToken(token))
            return null;
        try
        {
            return _handler.ReadJsonWebToken(token) is { Kid.Length: > 0 } read ? read : null;
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException)
        {
            return null; // Not base64url, or not JSON.
        }
    }

    private TokenValidationParameters CreateRules(ECDsaSecurityKey key) =>
        new()
        {
            ValidAlgorithms = [Algorithm],
            ValidTypes = [Type],
            ValidIssuer = _options.Issuer,
            ValidAudience = _options.Audience,
            IssuerSigningKey = key,
            TryAllIssuerSigningKeys = false,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            RequireAudience = true,
            LifetimeValidator = (notBefore, expires, _, _) => IsCurrent(notBefore, expires),
        };

    private bool IsCurrent(DateTime? notBefore, DateTime? expires)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + ClockSkew && !(notBefore > now + ClockSkew);
    }
}
