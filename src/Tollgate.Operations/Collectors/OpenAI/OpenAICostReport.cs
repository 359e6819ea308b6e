using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Operations.Collectors.OpenAI;

/// <summary><c>GET /v1/organization/costs</c>, by day, line item and project. It has no breakdown by key.</summary>
internal sealed class OpenAICostReport : IReport
{
    public string Name => "costs";

    public int MaxDaysPerRequest => 366;

    public string Address(DateOnly from, DateOnly to, string? page) =>
        $"v1/organization/costs?{OpenAIPages.Query(from, to, page)}&group_by=line_item&group_by=project_id";

    public ReportPage Read(JsonElement page) => OpenAIPages.Read(page);

    public IEnumerable<ReportedUsage> Lines(DateOnly day, JsonElement result)
    {
        var amount = result.Field("amount") ?? throw new FormatException("'amount' is missing");
        var currency = amount.Text("currency") ?? "usd";
        if (!currency.Equals("usd", StringComparison.OrdinalIgnoreCase))
            throw new FormatException($"the amount is in '{currency}', not in usd");
        yield return new ReportedUsage(day, "openai", ParseModel(result.Text("line_item")))
        {
            Project = result.Text("project_id"),
            Cost = Money.Round(amount.Decimal("value")),
        };
    }

    /// <summary>
    /// A line item is a model and a token type, such as <c>gpt-4o-2024-08-06, cached input</c>, or the name of another
    /// service.
    /// </summary>
    private static string ParseModel(string? item)
    {
        if (item is null)
            return "other";
        var comma = item.IndexOf(", ", StringComparison.Ordinal);
        return comma > 0 ? item[..comma] : item;
    }
}
