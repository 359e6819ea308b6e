using System.Net;
using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.Registry;
using Tollgate.Api.Authorization;
using Tollgate.Api.Problems;
using Tollgate.Identity.Permissions;
using Tollgate.Identity.Tokens;
using Tollgate.Metering.Usage;

namespace Tollgate.Api.Authentication;

/// <summary>
/// Finds the sender of a request by its credential: an access token of an account, a service token, a virtual key, or a
/// browser's session.
/// </summary>
/// <param name="identity">The accounts, sessions, and tokens.</param>
/// <param name="registry">The virtual keys.</param>
/// <param name="time">The clock.</param>
internal sealed class RequestAuthenticator(IdentityAccess identity, RegistryWatcher registry, TimeProvider time)
{
    /// <summary>The registry's kind of accounts.</summary>
    private const string AccountKind = "account";

    private static readonly TimeSpan RegistryRetry = TimeSpan.FromSeconds(5);

    /// <summary>Only what is deactivated: values that calls must carry are no concern of readers.</summary>
    private readonly RegistryRules _rules = new(registry);

    private static readonly Principal Anyone = new()
    {
        Kind = PrincipalKind.ServiceToken,
        Name = "anonymous",
        Permissions = new HashSet<Permission>(),
        Reach = new Reach.None(),
    };

    /// <summary>The sender of requests to routes that are open as long as there is no account and no key.</summary>
    private static readonly Principal FirstUser = Anyone with
    {
        Permissions = new HashSet<Permission>([
            Permission.UsageRead,
            Permission.CallsRead,
            Permission.LimitsRead,
            Permission.ProvidersRead,
            Permission.MetricsRead,
        ]),
        Reach = new Reach.Everything(),
    };

    /// <summary>Returns the sender; one without rights for a route that demands none.</summary>
    /// <exception cref="ProblemException">The credential is missing or not valid, or cannot be checked now.</exception>
    public async Task<Sender> AuthenticateAsync(HttpContext http, ApiRoute route, CancellationToken cancellationToken)
    {
        if (route.Access.Reach == RouteReach.Nothing && route.Access.Permission is null)
            return new Sender(Anyone, UsesCookie: false);
        // Clients send some key in any case, which as yet protects nothing.
        if (route.Access.IsOpenAtFirst && IsOpen(http))
            return new Sender(FirstUser, UsesCookie: false);
        if (PresentedCredential.Read(http.Request) is { } token)
            return new Sender(await FindAsync(token, cancellationToken) ?? throw CreateInvalid(), UsesCookie: false);
        if (SessionCookie.Read(http.Request) is { } cookie)
            return new Sender(
                await (await identity.GetAsync(cancellationToken)).Sessions.CheckAsync(cookie, cancellationToken)
                    ?? throw CreateEnded(),
                UsesCookie: true
            );
        throw new ProblemException(
            ProblemCode.Unauthenticated,
            $"{route} requires a credential. Send an access token, a service token, or a virtual key as "
                + "Authorization: Bearer, or sign in."
        );
    }

    private async Task<Principal?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (token.StartsWith(VirtualKeys.KeyPrefix, StringComparison.Ordinal))
            return FindKey(token);
        var parts = await identity.GetAsync(cancellationToken);
        return token.StartsWith(ServiceTokens.TokenPrefix, StringComparison.Ordinal)
            ? await parts.ServiceTokens.CheckAsync(token, cancellationToken)
            : await parts.AccessTokens.CheckAsync(token, cancellationToken);
    }

    private Principal? FindKey(string presented)
    {
        if (registry.IsStale)
            throw new ProblemException(
                ProblemCode.Unavailable,
                "Virtual keys cannot be checked now, because the registry cannot be read. Try again shortly."
            )
            {
                RetryAfter = RegistryRetry,
            };
        if (
            registry.Snapshot.Keys.Find(presented, time.GetUtcNow(), out var key) != VirtualKeyStatus.Active
            || key is null
        )
            return null;
        RequireEnabled(key);
        return Principal.CreateForVirtualKey(key.Id);
    }

    /// <summary>A key whose user or project is deactivated is refused here as it is for calls.</summary>
    private void RequireEnabled(VirtualKey key)
    {
        var owner = new Attribution
        {
            KeyId = key.Id,
            User = key.User,
            Project = key.Project,
        };
        if (_rules.Check(owner) is { } refusal)
            throw new ProblemException(
                ProblemCode.Forbidden,
                $"{refusal.Message} Ask the operator of this gateway to activate it."
            );
    }

    /// <summary>
    /// True if the request comes from this machine to a name of this machine, so that no web page sent it under a name
    /// of its own, and there is nothing to protect yet.
    /// </summary>
    private bool IsOpen(HttpContext http) =>
        registry is { IsStale: false, Snapshot.Keys.AnyKeyEverExisted: false }
        && registry.Snapshot.GetEntries(AccountKind).Count == 0
        && http.Connection.RemoteIpAddress is { } remote
        && IPAddress.IsLoopback(remote)
        && IsLocalName(http.Request.Host.Host);

    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static ProblemException CreateInvalid() =>
        new(
            ProblemCode.Unauthenticated,
            "The credential is unknown, expired, or revoked. Sign in again, or replace it."
        );

    private static ProblemException CreateEnded() =>
        new(ProblemCode.Unauthenticated, "The session has ended. Sign in again.");
}
