using System.Text.Json.Serialization;

namespace Tollgate.Api.Compatibility.LiteLlm.Spend;

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
