using Tollgate.Accounting;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Identity;
using Tollgate.Identity.Accounts;
using Tollgate.Identity.OpenIdConnect;
using Tollgate.Identity.Passwords;
using Tollgate.Identity.Providers;
using Tollgate.Identity.Secrets;
using Tollgate.Identity.Sessions;
using Tollgate.Identity.Tokens;

namespace Tollgate.Api.Authentication;

/// <summary>
/// Opens the services of sign-in when they are first needed: a gateway starts, and serves calls, also while the
/// database server is away.
/// </summary>
/// <param name="ledger">The ledger whose database has the accounts and sessions.</param>
/// <param name="registry">The registry, watched.</param>
/// <param name="options">The options of sign-in.</param>
internal sealed class IdentityAccess(LedgerOptions ledger, RegistryWatcher registry, IdentityOptions options)
    : IDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile IdentityParts? _parts;

    /// <summary>Returns the services.</summary>
    /// <exception cref="LedgerUnavailableException">The database is away, and they are not open yet.</exception>
    public ValueTask<IdentityParts> GetAsync(CancellationToken cancellationToken) =>
        _parts is { } open ? ValueTask.FromResult(open) : OpenAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _opening.Dispose();
        _parts?.OpenId?.Dispose();
    }

    private async ValueTask<IdentityParts> OpenAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            return _parts ??= await CreateAsync(cancellationToken);
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task<IdentityParts> CreateAsync(CancellationToken cancellationToken)
    {
        var time = ledger.TimeProvider;
        var hasher = new PasswordHasher(options);
        var accounts = await AccountRegistry.OpenAsync(ledger, hasher, cancellationToken);
        var signIns = ledger.OpenSignIns();
        var sessions = new ActiveSessions(signIns, accounts, registry, options, time);
        var store = ledger.OpenRegistry();
        var secrets = MasterKeyFile.OpenBox(options, ledger.DataFolder);
        var keys = new SigningKeys(store, secrets, options, time);
        var accessTokens = new AccessTokens(keys, sessions, options, time);
        return new IdentityParts
        {
            Accounts = accounts,
            SignIn = new SignIn(accounts, hasher, sessions, signIns, time),
            Sessions = sessions,
            AccessTokens = accessTokens,
            RefreshTokens = new RefreshTokens(sessions, accessTokens, options),
            SigningKeys = keys,
            ServiceTokens = await ServiceTokens.OpenAsync(ledger, registry, cancellationToken),
            OpenId = options.OpenId is { } provider
                ? new OpenIdSignIn(provider, accounts, sessions, secrets, time)
                : null,
            Registry = store,
            Secrets = secrets,
            ProviderKeys = await ProviderKeyRegistry.OpenAsync(ledger, options, cancellationToken),
            Links = await SetupLinks.OpenAsync(ledger, accounts, options, cancellationToken),
        };
    }
}
