using System.Text.Json;

namespace Tollgate.Tests.Durability;

/// <summary>One line of the simulated provider's bill.</summary>
internal sealed record ProviderBill(string ScriptId, string State, long Total)
{
    /// <summary>All lines, once no call is under way any more.</summary>
    public static async Task<IReadOnlyList<ProviderBill>> ReadAsync(Uri provider)
    {
        using var client = new HttpClient();
        using var bill = JsonDocument.Parse(await client.GetStringAsync(new Uri(provider, "/bill?wait=20000")));
        bill.RootElement.GetProperty("in_flight").GetInt64().ShouldBe(0);
        var lines = await client.GetStringAsync(new Uri(provider, "/bill/calls?limit=1000000"));
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    private static ProviderBill Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        return new ProviderBill(
            root.GetProperty("script_id").GetString()!,
            root.GetProperty("state").GetString()!,
            root.GetProperty("kinds").EnumerateObject().Sum(kind => kind.Value.GetInt64())
        );
    }
}
