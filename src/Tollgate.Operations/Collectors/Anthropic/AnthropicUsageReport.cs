using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Operations.Collectors.Anthropic;

/// <summary>
/// <c>GET /v1/organizations/usage_report/messages</c>, by day, model, key and workspace. It does not include the number
/// of requests.
/// </summary>
internal sealed class AnthropicUsageReport : IReport
{
    public string Name => "messages";

    public int MaxDaysPerRequest => 366;

    public string Address(DateOnly from, DateOnly to, string? page) =>
        $"v1/organizations/usage_report/messages?{AnthropicPages.Query(from, to, page)}"
        + "&group_by[]=model&group_by[]=api_key_id&group_by[]=workspace_id";

    public ReportPage Read(JsonElement page) => AnthropicPages.Read(page);

    public IEnumerable<ReportedUsage> Lines(DateOnly day, JsonElement result)
    {
        // The four parts of the input are disjoint, as in the canonical vector.
        var usage = new TokenUsage
        {
            [UsageKind.InputText] = result.Count("uncached_input_tokens"),
            [UsageKind.CacheRead] = result.Count("cache_read_input_tokens"),
            [UsageKind.OutputText] = result.Count("output_tokens"),
        };
        if (result.Field("cache_creation") is { } written)
        {
            usage[UsageKind.CacheWrite5m] = written.Count("ephemeral_5m_input_tokens");
            usage[UsageKind.CacheWrite1h] = written.Count("ephemeral_1h_input_tokens");
        }

        if (result.Field("server_tool_use") is { } tools)
            usage[UsageKind.ToolUse] = tools.Count("web_search_requests");
        if (usage.IsZero)
            yield break;
        yield return new ReportedUsage(day, "anthropic", result.Text("model") ?? "other")
        {
            Key = result.Text("api_key_id"),
            Project = result.Text("workspace_id"),
            Usage = usage,
        };
    }
}
