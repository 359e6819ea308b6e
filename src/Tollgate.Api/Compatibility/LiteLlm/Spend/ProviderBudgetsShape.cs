namespace Tollgate.Api.Compatibility.LiteLlm.Spend;

/// <summary>The budgets of providers.</summary>
internal sealed record ProviderBudgetsShape(IReadOnlyDictionary<string, ProviderBudgetShape> Providers);
