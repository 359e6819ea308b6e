using Tollgate.Identity.Accounts;
using Tollgate.Identity.Permissions;

namespace Tollgate.Identity.Tests.Accounts;

/// <summary>An enabled administrator always remains.</summary>
public sealed class LastAdminTests : IdentityFixture
{
    public static TheoryData<string> Removals => ["demote", "disable", "delete"];

    [Theory]
    [MemberData(nameof(Removals))]
    public async Task Refuses_to_remove_the_last_enabled_administrator(string how)
    {
        await CreateAccountAsync("root", Role.Admin);
        await CreateAccountAsync("former", Role.Admin);
        await Accounts.ChangeAsync("former", new AccountChange { Disabled = true });

        var result = await RemoveAsync(Accounts, "root", how);

        result.Problem.ShouldBe(AccountProblem.LastAdmin);
        result.Message!.ShouldContain("'root' is the last enabled administrator");
        (await Accounts.FindAsync("root"))!.ShouldSatisfyAllConditions(
            account => account.Role.ShouldBe(Role.Admin),
            account => account.IsEnabled.ShouldBeTrue()
        );
        // An account that is not an enabled administrator can be removed.
        (await RemoveAsync(Accounts, "former", "delete")).IsApplied.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Removals))]
    public async Task Removes_an_administrator_if_another_remains(string how)
    {
        await CreateAccountAsync("root", Role.Admin);
        await CreateAccountAsync("other", Role.Admin);

        (await RemoveAsync(Accounts, "root", how)).IsApplied.ShouldBeTrue();
        (await RemoveAsync(Accounts, "other", how)).Problem.ShouldBe(AccountProblem.LastAdmin);
    }

    /// <summary>Each request alone would leave the other administrators.</summary>
    [Theory]
    [MemberData(nameof(Removals))]
    public async Task Keeps_an_administrator_under_concurrent_requests_of_several_processes(string how)
    {
        for (var round = 0; round < 5; round++)
        {
            var names = Enumerable.Range(0, 4).Select(number => $"admin{round}-{number}").ToList();
            foreach (var name in names)
                await CreateAccountAsync(name, Role.Admin);
            if (round > 0) // Only this round's administrators are enabled.
                foreach (var former in (await Accounts.ListAsync()).Select(static account => account.Username))
                    if (!names.Contains(former))
                        await Accounts.DeleteAsync(former);

            var results = await Task.WhenAll(
                names.Select(name =>
                    Task.Run(async () => await RemoveAsync(await AccountRegistry.OpenAsync(Ledger, Hasher), name, how))
                )
            );

            results.Count(static result => result.IsApplied).ShouldBe(3);
            results.Count(static result => result.Problem == AccountProblem.LastAdmin).ShouldBe(1);
            (await Accounts.ListAsync())
                .Count(static account => account is { Role: Role.Admin, IsEnabled: true })
                .ShouldBe(1);
        }
    }

    private static Task<AccountResult> RemoveAsync(AccountRegistry accounts, string name, string how) =>
        how switch
        {
            "demote" => accounts.ChangeAsync(name, new AccountChange { Role = Role.Viewer }),
            "disable" => accounts.ChangeAsync(name, new AccountChange { Disabled = true }),
            _ => accounts.DeleteAsync(name),
        };
}
