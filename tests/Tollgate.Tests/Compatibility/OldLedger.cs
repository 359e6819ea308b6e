using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Tracking;
using Tollgate.Accounting.Usage;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Limits;
using Tollgate.Operations.Registry;
using Tollgate.Operations.Usage;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Tests.Compatibility;

/// <summary>
/// The contents of a ledger that the program wrote before its names were changed: six records, one of them unpriced and
/// three that did not complete, a key, three limits, a user, and a project.
/// </summary>
internal static class OldLedger
{
    /// <summary>A file beside the tests.</summary>
    public static string File(string name) =>
        Path.Combine(Repository.Root, "tests", "Tollgate.Tests", "Compatibility", "Files", name);

    /// <summary>Opens the ledger with this program, checks what it reads, and adds a record.</summary>
    public static async Task CheckAsync(LedgerOptions options)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var workspace = new Workspace(new WorkspaceOptions { Ledger = options });
        await workspace.OpenLedgerAsync(cancellationToken); // Upgrades the schema.

        var usage = new UsageOperations(workspace, UsageReach.Everything);
        var totals = await usage.SummarizeAsync(UsagePeriod.All, cancellationToken);
        (totals.Calls, totals.Unpriced, totals.TotalTokens, totals.CostUsd).ShouldBe((6L, 1L, 4430L, 0.012765m));
        var records = await usage.ListNewestAsync(10, cancellationToken);
        records.Count.ShouldBe(6);
        records.Select(static record => record.Outcome).Distinct().Count().ShouldBe(4);
        records
            .Single(static record => record.Attribution.Session == "s1")
            .CostSource.ShouldBe("builtin/2026-07/anthropic/claude-sonnet-4-5");

        var key = (await new KeyOperations(workspace).ListAsync(cancellationToken)).ShouldHaveSingleItem();
        (key.Name, key.User, key.Team, key.Metadata!["ticket"]).ShouldBe(("ci", "ada", "search", "42"));
        var limits = await new LimitOperations(workspace).ListAsync(cancellationToken);
        limits.Problems.ShouldBeEmpty();
        limits
            .Limits.Select(static limit => (limit.Name, limit.Amount, limit.IncreaseAmount))
            .ShouldBe(
                [("cost_per_30_days", 10, null), ("requests_per_month", 100, null), ("total_cost", 5, 7m)],
                ignoreOrder: true
            );
        (await RegistryOperations.Users(workspace).ListAsync(cancellationToken))
            .Select(static user => (user.Name, user.Email))
            .ShouldBe([("ada", "ada@example.com")]);
        (await RegistryOperations.Projects(workspace).ListAsync(cancellationToken))
            .Select(static project => (project.Name, project.Description))
            .ShouldBe([("engine", "Engine")]);

        await AddAsync(workspace, cancellationToken);
    }

    private static async Task AddAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        var outcome = await new TrackOperations(workspace).TrackAsync(
            new TrackRequest(
                new UsageEntry
                {
                    Model = "gpt-4o",
                    PromptTokens = 1000,
                    CompletionTokens = 50,
                },
                Enforces: false
            ),
            cancellationToken
        );
        outcome.Recorded!.Cost!.Value.Usd.ShouldBe(0.003m);
    }
}
