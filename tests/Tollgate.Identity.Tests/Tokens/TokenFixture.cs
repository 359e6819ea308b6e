using Tollgate.Accounting.SignIns;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Identity.Permissions;
using Tollgate.Identity.Secrets;
using Tollgate.Identity.Tokens;

namespace Tollgate.Identity.Tests.Tokens;

/// <summary>The tokens of one process, for the account <c>alice</c>.</summary>
public abstract class TokenFixture : IdentityFixture
{
    protected MasterKey Key { get; } = MasterKey.Create();

    protected SigningKeys Keys { get; private set; } = null!;

    protected AccessTokens AccessTokens { get; private set; } = null!;

    protected RefreshTokens RefreshTokens { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Keys = OpenKeys(Key);
        AccessTokens = new AccessTokens(Keys, Sessions, Options, Time);
        RefreshTokens = new RefreshTokens(Sessions, AccessTokens, Options);
        await CreateAccountAsync("alice", Role.Manager);
    }

    protected SigningKeys OpenKeys(MasterKey key) => new(Ledger.OpenRegistry(), new SecretBox(key), Options, Time);

    protected async Task<TokenPair> IssueAsync() =>
        (await RefreshTokens.IssueAsync(await SignInAsync("alice", SignInKind.Api)))!;
}
