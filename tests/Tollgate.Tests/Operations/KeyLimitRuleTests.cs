using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;
using Tollgate.Metering.Limits.Windows;
using Tollgate.Operations;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Limits;
using Tollgate.Operations.Workspaces;
using Tollgate.Testing;

namespace Tollgate.Tests.Operations;

/// <summary>The rules for limits hold for every face, because the use cases check them.</summary>
public sealed class KeyLimitRuleTests : IAsyncLifetime
{
    private static readonly Actor Someone = new(ActorKind.Operator, "test");
    private readonly TemporaryFolder _folder = new();
    private Workspace _workspace = null!;

    public ValueTask InitializeAsync()
    {
        _workspace = new Workspace(new WorkspaceOptions { Ledger = new LedgerOptions { DataFolder = _folder.Path } });
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _workspace.DisposeAsync();
        _folder.Dispose();
    }

    public static TheoryData<string, KeyLimits, string> Refused =>
        new()
        {
            {
                "budget_duration",
                new KeyLimits { BudgetDuration = WindowText.Parse("30d") },
                "budget_duration '30 days' requires a budget: max_budget, soft_budget or model_max_budget."
            },
            {
                "budget_duration",
                new KeyLimits { MaxBudget = new NewAmount(5), BudgetDuration = InstantWindow.Instance },
                "is not an interval"
            },
            {
                "rpm_limit",
                new KeyLimits { RequestsPerMinute = new NewAmount(-1) },
                "rpm_limit must be from 0 to 1000000000000000000000000, or no limit, not -1."
            },
            {
                "max_budget",
                new KeyLimits { MaxBudget = new NewAmount(LimitAmount.Max + 1) },
                "max_budget must be from 0 to 1000000000000, or no limit, not 1000000000000.000000000001."
            },
            {
                "model_max_budget",
                new KeyLimits { ModelMaxBudgets = new Dictionary<string, NewAmount> { [" "] = new(1) } },
                "must be one line and not blank"
            },
        };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task A_key_is_not_created_with_invalid_limits(string field, KeyLimits limits, string message)
    {
        var keys = new KeyOperations(_workspace);

        var refused = await Should.ThrowAsync<OperationException>(() =>
            keys.IssueAsync(new NewVirtualKey { Name = "ci" }, limits, Someone, Cancellation)
        );

        refused.Error.ShouldBe(OperationError.Invalid);
        refused.Field.ShouldBe(field);
        refused.Message.ShouldContain(message);
        (await keys.ListAsync(Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_keeps_its_limits_if_new_ones_are_not_valid()
    {
        var keys = new KeyOperations(_workspace);
        var limits = new KeyLimits { RequestsPerMinute = new NewAmount(5) };
        var issued = await keys.IssueAsync(new NewVirtualKey { Name = "ci" }, limits, Someone, Cancellation);

        await Should.ThrowAsync<OperationException>(() =>
            keys.SetLimitsAsync(
                issued.Key.Id,
                new KeyLimits { RequestsPerMinute = new NewAmount(7), TokensPerMinute = new NewAmount(-7) },
                Someone,
                Cancellation
            )
        );

        (await new LimitOperations(_workspace).ListAsync(Cancellation))
            .Limits.ShouldHaveSingleItem()
            .Amount.ShouldBe(5);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(367)]
    public async Task An_old_secret_works_for_at_most_a_year(int days)
    {
        var keys = new KeyOperations(_workspace);
        var issued = await keys.IssueAsync(new NewVirtualKey { Name = "ci" }, new KeyLimits(), Someone, Cancellation);

        var refused = await Should.ThrowAsync<OperationException>(() =>
            keys.RotateAsync(issued.Key.Id, TimeSpan.FromDays(days), Someone, Cancellation)
        );

        refused.Message.ShouldBe($"grace must be from 0 to 366 days, not {days} days.");
    }

    [Fact]
    public async Task Alerts_and_amounts_of_a_limit_are_in_range()
    {
        var limits = new LimitOperations(_workspace);
        var request = new SetLimitRequest
        {
            Scope = LimitScope.Global,
            Expression = LimitText.Parse("daily_requests=5"),
        };

        var refused = await Should.ThrowAsync<OperationException>(() =>
            limits.SetAsync([request with { AlertAt = [50, 0] }], Someone, Cancellation)
        );
        refused.Message.ShouldBe("alert_at must be from 1 to 1000, not 0.");
        refused = await Should.ThrowAsync<OperationException>(() =>
            limits.SetAsync(
                [request with { Expression = request.Expression with { Amount = -5 } }],
                Someone,
                Cancellation
            )
        );
        refused.Field.ShouldBe("amount");

        (await limits.ListAsync(Cancellation)).Limits.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reset_without_a_condition_resets_nothing()
    {
        var counters = new CounterOperations(_workspace);

        var refused = await Should.ThrowAsync<OperationException>(() =>
            counters.ResetAsync(new CounterSelection(), Someone, Cancellation)
        );

        refused.Message.ShouldStartWith("No limits are selected.");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
