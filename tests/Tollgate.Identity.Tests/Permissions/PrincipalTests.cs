using Tollgate.Accounting.AuditTrail;
using Tollgate.Identity.Permissions;

namespace Tollgate.Identity.Tests.Permissions;

public sealed class PrincipalTests
{
    [Theory]
    [InlineData(PrincipalKind.Account, ActorKind.Account, "alice")]
    [InlineData(PrincipalKind.ServiceToken, ActorKind.Token, "alice")]
    [InlineData(PrincipalKind.VirtualKey, ActorKind.Token, "key:alice")]
    public void Is_an_actor_of_the_audit_trail(PrincipalKind kind, ActorKind actor, string name) =>
        Create(kind).ToActor().ShouldBe(new Actor(actor, name));

    [Fact]
    public void May_only_what_its_permissions_list()
    {
        Create(PrincipalKind.Account).May(Permission.KeysRead).ShouldBeTrue();
        Create(PrincipalKind.Account).May(Permission.KeysWrite).ShouldBeFalse();
    }

    [Fact]
    public void Reaches_only_itself_with_a_virtual_key()
    {
        var caller = Principal.CreateForVirtualKey("0197");

        caller.Kind.ShouldBe(PrincipalKind.VirtualKey);
        caller.Reach.ShouldBe(new Reach.Key("0197"));
        caller.Permissions.ShouldBe([Permission.SelfRead]);
    }

    [Fact]
    public void Compares_the_teams_in_reach_by_name()
    {
        new Reach.Teams(["a", "b"]).ShouldBe(new Reach.Teams(["a", "b"]));
        new Reach.Teams(["a", "b"]).ShouldNotBe(new Reach.Teams(["a"]));
        new Reach.Teams([]).ShouldNotBe((Reach)new Reach.None());
    }

    private static Principal Create(PrincipalKind kind) =>
        new()
        {
            Kind = kind,
            Name = "alice",
            Permissions = new HashSet<Permission> { Permission.KeysRead },
            Reach = new Reach.None(),
        };
}
