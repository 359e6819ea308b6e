using Tollgate.Identity.Permissions;

namespace Tollgate.Identity.Tests.Permissions;

public sealed class RolePermissionsTests
{
    [Fact]
    public void Gives_each_permission_a_name_that_is_found_again()
    {
        PermissionNames.All.Count.ShouldBe(Enum.GetValues<Permission>().Length);
        foreach (var permission in PermissionNames.All)
        {
            permission.ToName().ShouldMatch("^[a-z]+:(read|write)$");
            PermissionNames.TryParse(permission.ToName(), out var found).ShouldBeTrue();
            found.ShouldBe(permission);
        }

        Permission.KeysRead.ToName().ShouldBe("keys:read");
        PermissionNames.TryParse("Keys:Read", out _).ShouldBeFalse();
        PermissionNames.TryParse("keys:admin", out _).ShouldBeFalse();
    }

    [Fact]
    public void Allows_an_administrator_everything() =>
        RolePermissions.For(Role.Admin).Order().ShouldBe(PermissionNames.All);

    [Fact]
    public void Lets_a_viewer_read_everything_but_prompts_settings_accounts_tokens_and_sql()
    {
        Permission[] hidden =
        [
            Permission.PromptsRead,
            Permission.SettingsRead,
            Permission.AccountsRead,
            Permission.TokensRead,
            Permission.SqlRead,
        ];
        var reads = PermissionNames.All.Where(static permission => permission.ToName().EndsWith(":read"));

        RolePermissions.For(Role.Viewer).Order().ShouldBe(reads.Except(hidden).Append(Permission.SelfWrite).Order());
    }

    [Theory]
    [InlineData(Role.Manager)]
    [InlineData(Role.User)]
    [InlineData(Role.Viewer)]
    public void Keeps_accounts_settings_tokens_and_sql_for_administrators(Role role)
    {
        foreach (var area in (string[])["accounts:", "settings:", "tokens:", "sql:", "prompts:"])
            RolePermissions.For(role).ShouldNotContain(permission => permission.ToName().StartsWith(area));
    }

    [Fact]
    public void Lets_users_change_their_keys_only_if_that_is_allowed()
    {
        RolePermissions.For(Role.User).ShouldNotContain(Permission.KeysWrite);
        RolePermissions.For(Role.User, usersManageOwnKeys: true).ShouldContain(Permission.KeysWrite);
        RolePermissions.For(Role.Viewer, usersManageOwnKeys: true).ShouldNotContain(Permission.KeysWrite);
    }

    [Fact]
    public void Limits_a_virtual_key_to_itself() => RolePermissions.VirtualKey.ShouldBe([Permission.SelfRead]);
}
