using Tollgate.Accounting.SignIns;
using Tollgate.Identity.Accounts;
using Tollgate.Identity.Permissions;
using Tollgate.Identity.Secrets;
using Tollgate.Identity.Sessions;

namespace Tollgate.Identity.OpenIdConnect;

/// <summary>
/// Signs people in at an identity provider, by the code flow of OpenID Connect with PKCE. An account is found by issuer
/// and subject, and created at the first sign-in; the provider's claims decide its role each time.
/// </summary>
public sealed class OpenIdSignIn : IDisposable
{
    private readonly OpenIdOptions _options;
    private readonly AccountRegistry _accounts;
    private readonly ActiveSessions _sessions;
    private readonly OpenIdProvider _provider;
    private readonly SignInStates _states;

    /// <summary>Creates the service.</summary>
    /// <param name="options">The provider.</param>
    /// <param name="accounts">The accounts.</param>
    /// <param name="sessions">The sessions of the process.</param>
    /// <param name="secrets">The encryption of the browser's half of the state.</param>
    /// <param name="time">The clock.</param>
    public OpenIdSignIn(
        OpenIdOptions options,
        AccountRegistry accounts,
        ActiveSessions sessions,
        SecretBox secrets,
        TimeProvider time
    )
    {
        (_options, _accounts, _sessions) = (options, accounts, sessions);
        _provider = new OpenIdProvider(options, time);
        _states = new SignInStates(secrets, time);
    }

    /// <summary>Begins a sign-in.</summary>
    /// <param name="here">The address of the return path on this gateway, unless the options have another.</param>
    /// <param name="returnPath">The page to which the browser goes afterwards; another site becomes <c>/</c>.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OpenIdException">The provider cannot be reached.</exception>
    public async Task<StartedOpenIdSignIn> StartAsync(
        Uri here,
        string returnPath,
        CancellationToken cancellationToken = default
    )
    {
        var (id, state) = (SignInStates.CreateRandom(), _states.Create(returnPath));
        var address = await _provider.CreateAddressAsync(id, state, _options.RedirectUri ?? here, cancellationToken);
        return new StartedOpenIdSignIn(address, _states.Protect(id, state));
    }

    /// <summary>Completes a sign-in, and begins a session of the browser.</summary>
    /// <param name="here">As when it was begun.</param>
    /// <param name="reply">The browser's return.</param>
    /// <param name="client">The browser.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OpenIdException">The sign-in did not succeed.</exception>
    public async Task<CompletedOpenIdSignIn> CompleteAsync(
        Uri here,
        OpenIdReply reply,
        SignInClient client,
        CancellationToken cancellationToken = default
    )
    {
        // 1. The browser must be the one that began it.
        var state =
            _states.Open(reply.State, reply.Cookie)
            ?? throw new OpenIdException(
                "This sign-in was not begun in this browser, or more than 10 minutes ago. Begin it again."
            );
        if (reply.Issuer is { } issuer && issuer != _options.Issuer.OriginalString)
            throw new OpenIdException("The response comes from another identity provider. Begin the sign-in again.");
        if (reply.Code is not { Length: > 0 } code)
            throw new OpenIdException(
                $"The identity provider did not sign you in: {ShowError(reply.Error)}. Begin the sign-in again."
            );

        // 2. The person.
        var redirect = _options.RedirectUri ?? here;
        var person = await _provider.RedeemAsync(code, state, redirect, cancellationToken);
        if (person.Role is not { } role)
            throw new OpenIdException(
                "You have no role here. Ask an administrator to add you to a group that accounts.oidc.roles names."
            );

        // 3. The account, and its session.
        var (account, change) = await FindAccountAsync(person, role, cancellationToken);
        if (!account.IsEnabled)
            throw new OpenIdException($"The account '{account.Username}' is disabled.");
        var started = await _sessions.StartAsync(
            account,
            SignInKind.Browser,
            SignInMethod.Oidc,
            client,
            cancellationToken
        );
        return started is null
            ? throw new OpenIdException($"The account '{account.Username}' was just changed. Begin the sign-in again.")
            : new CompletedOpenIdSignIn(started, state.ReturnPath, change);
    }

    /// <inheritdoc/>
    public void Dispose() => _provider.Dispose();

    private async Task<(Account Account, AccountResult? Change)> FindAccountAsync(
        VerifiedPerson person,
        Role role,
        CancellationToken cancellationToken
    )
    {
        var account = await _accounts.FindAsync(person.Identity, cancellationToken);
        if (account is not null && account.Role == role && HasTeams(account, person))
            return (account, null);
        var result = account is null
            ? await _accounts.CreateAsync(Create(person, role), cancellationToken)
            : await _accounts.ChangeAsync(
                account.Username,
                new AccountChange { Role = role, Teams = person.Teams },
                cancellationToken
            );
        return result.IsApplied ? (result.After!, result) : throw CreateRefusal(result);
    }

    private NewAccount Create(VerifiedPerson person, Role role) =>
        new()
        {
            Username =
                person.Username
                ?? throw new OpenIdException(
                    $"The identity provider sent no claim '{_options.UsernameClaim}' for the name of a new account. "
                        + "Set accounts.oidc.username_claim to one that it sends."
                ),
            Role = role,
            Teams = person.Teams ?? [],
            ExternalIdentity = person.Identity,
        };

    private static bool HasTeams(Account account, VerifiedPerson person) =>
        person.Teams is not { } teams || teams.Distinct().Order().SequenceEqual(account.Teams.Order());

    /// <summary>An account with the same name belongs to the owner of its password, not to the provider.</summary>
    private static OpenIdException CreateRefusal(AccountResult result) =>
        result.Problem switch
        {
            AccountProblem.NameTaken => new(
                $"{result.Message} It was not created by this identity provider, so an administrator must rename or "
                    + "remove it first."
            ),
            _ => new(result.Message!),
        };

    /// <summary>Providers send a code; anything else is not repeated.</summary>
    private static string ShowError(string? error) =>
        error is { Length: > 0 and <= 64 } && !error.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz_")
            ? error
            : "it sent no code";
}
