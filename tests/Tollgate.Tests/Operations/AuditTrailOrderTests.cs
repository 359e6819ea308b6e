using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;
using Tollgate.Operations.AuditTrail;
using Tollgate.Operations.Limits;
using Tollgate.Operations.Workspaces;
using Tollgate.Testing;

namespace Tollgate.Tests.Operations;

public sealed class AuditTrailOrderTests
{
    [Fact]
    public async Task Changes_of_one_moment_are_listed_in_their_order()
    {
        using var folder = new TemporaryFolder();
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var workspace = new Workspace(
            new WorkspaceOptions
            {
                Ledger = new LedgerOptions { DataFolder = folder.Path, TimeProvider = new ManualTimeProvider() },
            }
        );
        var operations = new LimitOperations(workspace);
        var actor = new Actor(ActorKind.Operator, "test");
        var set = new List<string>();
        for (var batch = 0; batch < 3; batch++)
        {
            var requests = Enumerable
                .Range(0, 20)
                .Select(number => new SetLimitRequest
                {
                    Scope = LimitScope.Create(new ScopeTerm(LimitDimension.User, $"user{batch}-{19 - number}")),
                    Expression = LimitText.Parse("daily_requests=5"),
                });
            var results = await operations.SetAsync([.. requests], actor, cancellationToken);
            set.AddRange(results.Select(static result => result.After.Id));
        }

        var listed = await new AuditTrailOperations(workspace).ListAsync(
            new AuditTrailSelection { Limit = 1000 },
            cancellationToken
        );

        listed.Reverse().Select(static change => change.Target).ShouldBe(set);
    }

    [Fact]
    public void Ids_increase_within_a_millisecond_and_if_the_clock_is_set_back()
    {
        var ids = new OrderedIds();
        var now = new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

        Guid[] created =
        [
            .. Enumerable.Range(0, 10_000).Select(_ => ids.Create(now)),
            ids.Create(now.AddMinutes(-1)),
            ids.Create(now.AddSeconds(1)),
        ];

        created.Select(static id => id.ToString("N")).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
        created.ShouldBeUnique();
        created.ShouldAllBe(static id => id.Version == 7 && id.Variant >= 8 && id.Variant <= 11);
        created[0].ToString("N")[..12].ShouldBe(now.ToUnixTimeMilliseconds().ToString("x12"));
    }
}
