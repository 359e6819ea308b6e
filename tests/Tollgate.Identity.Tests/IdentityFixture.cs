using System.Net;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.SignIns;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Identity.Accounts;
using Tollgate.Identity.Passwords;
using Tollgate.Identity.Permissions;
using Tollgate.Identity.Sessions;
using Tollgate.Testing;

namespace Tollgate.Identity.Tests;

/// <summary>
/// Accounts and sessions in a folder of their own. The watcher of the registry has its own clock, so that a test can
/// let it catch up without time passing for sessions.
/// </summary>
public abstract class IdentityFixture : IAsyncLifetime
{
    protected const string Password = "seven unrelated llamas";
    protected static readonly IPAddress Address = IPAddress.Parse("192.0.2.7");

    private readonly ManualTimeProvider _watcherTime = new();
    private readonly TemporaryFolder _folder = new();

    protected IdentityFixture()
    {
        Time = new ManualTimeProvider();
        Ledger = new LedgerOptions { DataFolder = _folder.Path, TimeProvider = Time };
    }

    protected ManualTimeProvider Time { get; }

    protected LedgerOptions Ledger { get; }

    protected TemporaryFolder Folder => _folder;

    /// <summary>Few rounds: the tests are not about how long hashing takes.</summary>
    protected virtual IdentityOptions Options => new() { PasswordIterations = 1000 };

    protected PasswordHasher Hasher { get; private set; } = null!;

    protected AccountRegistry Accounts { get; private set; } = null!;

    protected RegistryWatcher Watcher { get; private set; } = null!;

    protected ActiveSessions Sessions { get; private set; } = null!;

    protected SignIn SignIn { get; private set; } = null!;

    protected ISignInStore Store { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        Hasher = new PasswordHasher(Options);
        Accounts = await AccountRegistry.OpenAsync(Ledger, Hasher);
        Watcher = await RegistryWatcher.StartAsync(Ledger with { TimeProvider = _watcherTime });
        Store = Ledger.OpenSignIns();
        (Sessions, SignIn) = OpenProcess(Store);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Watcher.DisposeAsync();
        Hasher.Dispose();
        _folder.Dispose();
    }

    /// <summary>The services of one process; called again to simulate another one.</summary>
    protected (ActiveSessions Sessions, SignIn SignIn) OpenProcess(ISignInStore store)
    {
        var sessions = new ActiveSessions(store, Accounts, Watcher, Options, Time);
        return (sessions, new SignIn(Accounts, Hasher, sessions, store, Time));
    }

    protected async Task<Account> CreateAccountAsync(string name, Role role = Role.User)
    {
        var result = await Accounts.CreateAsync(
            new NewAccount
            {
                Username = name,
                Role = role,
                Password = Password,
            }
        );
        result.Message.ShouldBeNull();
        return result.After!;
    }

    protected async Task<StartedSession> SignInAsync(string name, SignInKind kind = SignInKind.Browser) =>
        (await TrySignInAsync(name, Password, kind)).ShouldBeOfType<SignInResult.Success>().Started;

    protected Task<SignInResult> TrySignInAsync(
        string name,
        string password = Password,
        SignInKind kind = SignInKind.Browser
    ) => SignIn.SignInAsync(name, password, Address, "Mozilla/5.0", kind);

    /// <summary>Lets the watcher see the last change.</summary>
    protected async Task WatcherCatchesUpAsync()
    {
        var version = await Ledger.OpenRegistry().VersionAsync();
        await Eventually.BecomesTrueAsync(() =>
        {
            if (Watcher.Snapshot.Version == version)
                return true;
            _watcherTime.Advance(RegistryWatcher.PollInterval);
            return false;
        });
    }

    /// <summary>Lets the watcher's snapshot grow too old to be relied on, without a poll.</summary>
    protected void StopWatcher() => _watcherTime.Advance(RegistryWatcher.MaxAge + TimeSpan.FromMinutes(1));
}
