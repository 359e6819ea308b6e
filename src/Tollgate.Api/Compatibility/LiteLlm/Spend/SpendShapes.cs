using System.Text.Json.Serialization;

namespace Tollgate.Api.Compatibility.LiteLlm.Spend;

/// <summary>A call, as the logs of spend have it: one for each attempt at a provider.</summary>
internal sealed record SpendLogShape
{
    /// <summary>The id of the call.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>The operation.</summary>
    public required string CallType { get; init; }

    /// <summary>The id of the key; null if there was none.</summary>
    public required string? ApiKey { get; init; }

    /// <summary>The cost in US dollars; null if it has no price, which is not 0.</summary>
    public required decimal? Spend { get; init; }

    /// <summary>Input and output tokens.</summary>
    public required long TotalTokens { get; init; }

    /// <summary>Input tokens, including cached ones.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>Output tokens, including reasoning.</summary>
    public required long CompletionTokens { get; init; }

    /// <summary>The start.</summary>
    [JsonPropertyName("startTime")]
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>The end.</summary>
    [JsonPropertyName("endTime")]
    public required DateTimeOffset EndTime { get; init; }

    /// <summary>The model requested from the provider.</summary>
    public required string Model { get; init; }

    /// <summary>The model group in the request; null if it named the model.</summary>
    public required string? ModelGroup { get; init; }

    /// <summary>The provider.</summary>
    public required string CustomLlmProvider { get; init; }

    /// <summary>Always null.</summary>
    public string? ApiBase { get; init; }

    /// <summary>The user; null if there was none.</summary>
    public required string? User { get; init; }

    /// <summary>The end user named in the request; null if there was none.</summary>
    public required string? EndUser { get; init; }

    /// <summary>The team of the key; null if there is none.</summary>
    public required string? TeamId { get; init; }

    /// <summary><c>success</c> or <c>failure</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Always null: the gateway has no cache of responses.</summary>
    public bool? CacheHit { get; init; }

    /// <summary>The tags of the call.</summary>
    public required IReadOnlyList<string> RequestTags { get; init; }

    /// <summary>The session; null if there was none.</summary>
    public required string? SessionId { get; init; }

    /// <summary>Always empty.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}

/// <summary>A page of logs.</summary>
internal sealed record SpendPageShape
{
    /// <summary>The calls.</summary>
    public required IReadOnlyList<SpendLogShape> Data { get; init; }

    /// <summary>The number of all calls that match.</summary>
    public required long Total { get; init; }

    /// <summary>The number of the page, from 1.</summary>
    public required int Page { get; init; }

    /// <summary>The maximum number of calls on a page.</summary>
    public required int PageSize { get; init; }

    /// <summary>The number of pages.</summary>
    public required long TotalPages { get; init; }

    /// <summary>Always false: the number of calls is exact.</summary>
    public bool TotalIsCapped { get; init; }
}

/// <summary>The spend of a day by group. Only the list of the requested group is present.</summary>
internal sealed record ReportDayShape
{
    /// <summary>The day.</summary>
    public required DateTimeOffset GroupByDay { get; init; }

    /// <summary>The teams.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReportGroupShape>? Teams { get; init; }

    /// <summary>The end users.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReportGroupShape>? Customers { get; init; }

    /// <summary>The keys.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReportGroupShape>? ApiKeys { get; init; }
}

/// <summary>The spend of a group. Only the name of its kind is present.</summary>
internal sealed record ReportGroupShape
{
    /// <summary>The team.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TeamName { get; init; }

    /// <summary>The end user.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Customer { get; init; }

    /// <summary>The id of the key.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ApiKey { get; init; }

    /// <summary>The spend in US dollars.</summary>
    public required decimal TotalSpend { get; init; }

    /// <summary>The spend by model.</summary>
    public required IReadOnlyList<ReportModelShape> Metadata { get; init; }
}

/// <summary>The spend of a model.</summary>
internal sealed record ReportModelShape(string Model, decimal Spend, long TotalTokens);

/// <summary>The budgets of providers.</summary>
internal sealed record ProviderBudgetsShape(IReadOnlyDictionary<string, ProviderBudgetShape> Providers);

/// <summary>The budget of a provider.</summary>
internal sealed record ProviderBudgetShape
{
    /// <summary>The maximum spend in US dollars; null if there is none.</summary>
    public required decimal? BudgetLimit { get; init; }

    /// <summary>The interval after which it resets; null if it never does.</summary>
    public required string? TimePeriod { get; init; }

    /// <summary>The spend in the current interval in US dollars.</summary>
    public required decimal Spend { get; init; }

    /// <summary>When it resets; null if it never does.</summary>
    public required DateTimeOffset? BudgetResetAt { get; init; }
}
