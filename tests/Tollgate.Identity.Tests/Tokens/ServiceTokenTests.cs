using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Identity.Permissions;
using Tollgate.Identity.Tokens;

namespace Tollgate.Identity.Tests.Tokens;

public sealed class ServiceTokenTests : IdentityFixture
{
    private static readonly Principal Admin = new()
    {
        Kind = PrincipalKind.Account,
        Name = "root",
        Role = Role.Admin,
        Permissions = RolePermissions.For(Role.Admin),
        Reach = new Reach.Everything(),
    };

    private ServiceTokens _tokens = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _tokens = await ServiceTokens.OpenAsync(Ledger, Watcher);
    }

    [Fact]
    public async Task Identifies_a_program_with_exactly_its_permissions()
    {
        var created = await CreateAsync("ci", Permission.KeysRead, Permission.UsageRead);

        var caller = await _tokens.CheckAsync(created.Secret);

        caller!.Kind.ShouldBe(PrincipalKind.ServiceToken);
        caller.ToActor().ShouldBe(new Actor(ActorKind.Token, "ci"));
        caller.Permissions.Order().ShouldBe([Permission.KeysRead, Permission.UsageRead]);
        caller.Reach.ShouldBe(new Reach.Everything());
        caller.Role.ShouldBeNull();
    }

    [Fact]
    public async Task Has_256_random_bits_that_are_not_stored()
    {
        var created = await CreateAsync("ci", Permission.KeysRead);

        created.Secret.ShouldMatch("^tgs-[A-Za-z0-9_-]{43}$");
        created.Secret.ShouldStartWith(created.Token.Prefix);
        var entry = (await Ledger.OpenRegistry().ReadAsync(["service_token"])).Entries.ShouldHaveSingleItem();
        (entry.Name + entry.Value).ShouldNotContain(created.Secret[10..]);
        created.ToString().ShouldNotContain(created.Secret);
        entry.Value.ShouldContain("keys:read");
    }

    [Fact]
    public async Task Creates_one_of_several_tokens_with_the_same_name_at_once()
    {
        var other = await ServiceTokens.OpenAsync(Ledger, Watcher);

        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(index =>
                    (index % 2 == 0 ? _tokens : other).CreateAsync(
                        new NewServiceToken("ci", [Permission.KeysRead], null),
                        Admin
                    )
                )
        );

        var created = results.OfType<ServiceTokenResult.Created>().ShouldHaveSingleItem();
        (await _tokens.ListAsync()).ShouldHaveSingleItem().Id.ShouldBe(created.Token.Id);
        // The name is free again when the token is revoked.
        await _tokens.RevokeAsync(created.Token.Id);
        await CreateAsync("ci", Permission.KeysRead);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tgs-")]
    [InlineData("tgs-' OR 1=1--")]
    [InlineData("tgs-\0")]
    [InlineData("tgs-é")]
    [InlineData("tg-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Refuses_other_texts(string token)
    {
        var created = await CreateAsync("ci", Permission.KeysRead);

        (await _tokens.CheckAsync(token)).ShouldBeNull();
        (await _tokens.CheckAsync(null)).ShouldBeNull();
        (await _tokens.CheckAsync("tgs-" + new string('A', 65_536))).ShouldBeNull();
        (await _tokens.CheckAsync(created.Secret[..^1])).ShouldBeNull();
        (await _tokens.CheckAsync(created.Secret + "A")).ShouldBeNull();
        (await _tokens.CheckAsync(created.Secret.ToUpperInvariant())).ShouldBeNull();
    }

    [Fact]
    public async Task Is_refused_once_it_expires()
    {
        var result = await _tokens.CreateAsync(
            new NewServiceToken("ci", [Permission.KeysRead], Time.GetUtcNow().AddHours(1)),
            Admin
        );
        var secret = result.ShouldBeOfType<ServiceTokenResult.Created>().Secret;
        Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        (await _tokens.CheckAsync(secret)).ShouldNotBeNull();
        Time.Advance(TimeSpan.FromSeconds(1));

        (await _tokens.CheckAsync(secret)).ShouldBeNull();
    }

    [Fact]
    public async Task Is_refused_by_every_process_once_it_is_revoked()
    {
        var (first, second) = (
            await CreateAsync("ci", Permission.KeysRead),
            await CreateAsync("cd", Permission.KeysRead)
        );
        await WatcherCatchesUpAsync();
        (await _tokens.CheckAsync(first.Secret)).ShouldNotBeNull();

        var revoked = await _tokens.RevokeAsync(first.Token.Id);
        await WatcherCatchesUpAsync();

        revoked!.RevokedAt.ShouldBe(Time.GetUtcNow());
        (await _tokens.CheckAsync(first.Secret)).ShouldBeNull();
        (await _tokens.CheckAsync(second.Secret)).ShouldNotBeNull();
        (await _tokens.RevokeAsync("unknown")).ShouldBeNull();
        // Its name may be used again.
        await CreateAsync("ci", Permission.KeysRead);
        (await _tokens.ListAsync()).Select(static token => token.Name).ShouldBe(["ci", "cd", "ci"], ignoreOrder: true);
    }

    [Fact]
    public async Task May_do_no_more_than_its_maker()
    {
        var maker = Admin with
        {
            Permissions = new HashSet<Permission> { Permission.TokensWrite, Permission.KeysRead },
        };

        var result = await _tokens.CreateAsync(
            new NewServiceToken("ci", [Permission.KeysRead, Permission.KeysWrite]),
            maker
        );

        result.ShouldBeOfType<ServiceTokenResult.Forbidden>().Message.ShouldContain("keys:write");
        var manager = Admin with { Reach = new Reach.Teams(["research"]) };
        (await _tokens.CreateAsync(new NewServiceToken("ci", [Permission.KeysRead]), manager))
            .ShouldBeOfType<ServiceTokenResult.Forbidden>()
            .Message.ShouldContain("reaches all data");
        (await _tokens.ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Refuses_a_request_that_makes_no_sense()
    {
        await CreateAsync("ci", Permission.KeysRead);
        NewServiceToken[] requests =
        [
            new("", [Permission.KeysRead]),
            new("key:1", [Permission.KeysRead]),
            new("cd", []),
            new("cd", [Permission.KeysRead], Time.GetUtcNow()),
            new("CI", [Permission.KeysRead]),
        ];

        foreach (var request in requests)
            (await _tokens.CreateAsync(request, Admin)).ShouldBeOfType<ServiceTokenResult.Invalid>();
    }

    [Fact]
    public async Task Remembers_its_last_use_in_memory_only()
    {
        var created = await CreateAsync("ci", Permission.KeysRead);
        (await _tokens.ListAsync()).ShouldHaveSingleItem().LastUsedAt.ShouldBeNull();
        var version = await Ledger.OpenRegistry().VersionAsync();

        await _tokens.CheckAsync(created.Secret);

        (await _tokens.ListAsync()).ShouldHaveSingleItem().LastUsedAt.ShouldBe(Time.GetUtcNow());
        (await Ledger.OpenRegistry().VersionAsync()).ShouldBe(version);
    }

    /// <summary>A newer version of the program may have stored more permissions.</summary>
    [Fact]
    public async Task Ignores_a_permission_that_it_does_not_have()
    {
        var created = await CreateAsync("ci", Permission.KeysRead);
        var registry = Ledger.OpenRegistry();
        var entry = (await registry.ReadAsync(["service_token"])).Entries.Single();
        var value = entry.Value.Replace("\"keys:read\"", "\"keys:read\",\"moon:write\"", StringComparison.Ordinal);
        await registry.ApplyAsync([Tollgate.Accounting.Stores.RegistryChange.Put(entry.Kind, entry.Name, value)]);

        (await _tokens.CheckAsync(created.Secret))!.Permissions.ShouldBe([Permission.KeysRead]);
    }

    private async Task<ServiceTokenResult.Created> CreateAsync(string name, params Permission[] permissions) =>
        (
            await _tokens.CreateAsync(new NewServiceToken(name, permissions), Admin)
        ).ShouldBeOfType<ServiceTokenResult.Created>();
}
