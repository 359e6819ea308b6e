using System.Text.Json.Serialization;

namespace Tollgate.Api.Compatibility.LiteLlm.Spend;

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
