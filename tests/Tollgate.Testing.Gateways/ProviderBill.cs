using System.Globalization;
using System.Text.Json;

namespace Tollgate.Testing.Gateways;

/// <summary>What the simulated provider bills.</summary>
public static class ProviderBill
{
    /// <summary>One line for each call, once no call is in progress.</summary>
    public static async Task<IReadOnlyList<ProviderBillLine>> ReadAsync(Uri provider)
    {
        using var client = new HttpClient();
        using var bill = JsonDocument.Parse(await client.GetStringAsync(new Uri(provider, "/bill?wait=20000")));
        bill.RootElement.GetProperty("in_flight").GetInt64().ShouldBe(0);
        var lines = await client.GetStringAsync(new Uri(provider, "/bill/calls?limit=1000000"));
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ProviderBillLine.Parse)];
    }

    /// <summary>The sum in US dollars, once no call is in progress.</summary>
    public static async Task<decimal> TotalAsync(Uri provider)
    {
        using var client = new HttpClient();
        using var audit = JsonDocument.Parse(await client.GetStringAsync(new Uri(provider, "/bill/audit?wait=20000")));
        return decimal.Parse(audit.RootElement.GetProperty("total_usd").GetString()!, CultureInfo.InvariantCulture);
    }
}
