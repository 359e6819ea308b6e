using Tollgate.Accounting.Usage;
using Tollgate.Api.Compatibility.LiteLlm.Budgets;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Limits;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Compatibility.LiteLlm.Keys;

/// <summary>Describes keys with their limits and their spend.</summary>
internal sealed class KeyShapeBuilder(Workspace workspace)
{
    private readonly LimitOperations _limits = new(workspace);
    private readonly SpendReader _spend = new(workspace);

    /// <summary>Describes a key.</summary>
    public async Task<KeyShape> CreateAsync(KeyDetails key, CancellationToken cancellationToken)
    {
        var byModel = await _spend.ReadByAsync(
            UsageReach.Limited([key.Id], [], []),
            UsageDimension.Model,
            cancellationToken
        );
        var budgets = await ScopeBudgets.ReadAsync(_limits, cancellationToken);
        return Create(key, budgets.Find(LimitDimension.Key, key.Id), byModel.Values.Sum()) with
        {
            ModelSpend = byModel,
        };
    }

    /// <summary>Describes keys, without their spend by model.</summary>
    public async Task<IReadOnlyList<KeyShape>> CreateAllAsync(
        IReadOnlyList<KeyDetails> keys,
        CancellationToken cancellationToken
    )
    {
        if (keys.Count == 0)
            return [];
        var spend = await _spend.ReadByAsync(
            UsageReach.Limited([.. keys.Select(static key => key.Id)], [], []),
            UsageDimension.Key,
            cancellationToken
        );
        var budgets = await ScopeBudgets.ReadAsync(_limits, cancellationToken);
        return
        [
            .. keys.Select(key =>
                Create(key, budgets.Find(LimitDimension.Key, key.Id), spend.GetValueOrDefault(key.Id))
            ),
        ];
    }

    private static KeyShape Create(KeyDetails key, ScopeBudget budget, decimal spend) =>
        new()
        {
            Token = key.Id,
            KeyName = key.Prefix + "...",
            KeyAlias = key.Name,
            Spend = budget.First?.Used ?? spend,
            MaxBudget = budget.First?.MaxBudget,
            SoftBudget = budget.SoftBudget,
            Expires = key.ExpiresAt,
            Models = key.Models ?? [],
            UserId = key.User,
            TeamId = key.Team,
            OrganizationId = key.Organization,
            ProjectId = key.Project,
            MaxParallelRequests = budget.MaxParallelRequests,
            Metadata = key.Metadata ?? new Dictionary<string, string>(),
            TpmLimit = budget.TpmLimit,
            RpmLimit = budget.RpmLimit,
            BudgetDuration = budget.First?.Duration,
            BudgetResetAt = budget.First?.ResetsAt,
            BudgetLimits =
            [
                .. budget.Windows.Select(static window => new BudgetLimitShape(window.Duration, window.MaxBudget)),
            ],
            BudgetLimitsUsage = budget
                .Windows.DistinctBy(static window => window.Duration)
                .ToDictionary(
                    static window => window.Duration ?? "total",
                    static window => new BudgetSpendShape(window.Used),
                    StringComparer.Ordinal
                ),
            ModelSpend = new Dictionary<string, decimal>(),
            ModelMaxBudget = budget.ModelBudgets,
            CreatedAt = key.CreatedAt,
            UpdatedAt = key.RotatedAt ?? key.CreatedAt,
            LitellmBudgetTable = budget.First is { } first
                ? new BudgetTableShape(first.MaxBudget, budget.SoftBudget, first.Duration, first.ResetsAt)
                : null,
        };
}
