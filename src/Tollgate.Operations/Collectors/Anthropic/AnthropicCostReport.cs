using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Operations.Collectors.Anthropic;

/// <summary>
/// <c>GET /v1/organizations/cost_report</c>, by day, description and workspace. It has no breakdown by key.
/// </summary>
internal sealed class AnthropicCostReport : IReport
{
    public string Name => "costs";

    public int MaxDaysPerRequest => 366;

    public string Address(DateOnly from, DateOnly to, string? page) =>
        $"v1/organizations/cost_report?{AnthropicPages.Query(from, to, page)}"
        + "&group_by[]=description&group_by[]=workspace_id";

    public ReportPage Read(JsonElement page) => AnthropicPages.Read(page);

    public IEnumerable<ReportedUsage> Lines(DateOnly day, JsonElement result)
    {
        var currency = result.Text("currency") ?? "USD";
        if (currency != "USD")
            throw new FormatException($"the amount is in '{currency}', not in USD");
        yield return new ReportedUsage(
            day,
            "anthropic",
            result.Text("model") ?? result.Text("description") ?? result.Text("cost_type") ?? "other"
        )
        {
            Project = result.Text("workspace_id"),
            // Cents, as a decimal text: "123.45" is 1.2345 dollars.
            Cost = Money.Round(result.Decimal("amount") / 100m),
        };
    }
}
