using System.Globalization;
using System.Text.Json;

namespace Tollgate.Testing.Gateways;

/// <summary>One call on the simulated provider's bill.</summary>
/// <param name="ScriptId">The <c>id</c> in the call's script; empty if there is none.</param>
/// <param name="ResponseId">The id in the provider's response; empty if there was none.</param>
/// <param name="State">How the call ended for the provider.</param>
/// <param name="Kinds">The billed tokens by kind, such as <c>output_text</c>.</param>
/// <param name="Cost">The price in US dollars; null if the provider has none for the model.</param>
public sealed record ProviderBillLine(
    string ScriptId,
    string ResponseId,
    string State,
    IReadOnlyDictionary<string, long> Kinds,
    decimal? Cost
)
{
    /// <summary>The billed tokens of all kinds.</summary>
    public long Total => Kinds.Values.Sum();

    /// <summary>The billed tokens of these kinds.</summary>
    public long Sum(params string[] kinds) => kinds.Sum(kind => Kinds.GetValueOrDefault(kind));

    internal static ProviderBillLine Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        var cost = root.GetProperty("cost_usd").GetString();
        return new ProviderBillLine(
            root.GetProperty("script_id").GetString() ?? "",
            root.GetProperty("response_id").GetString() ?? "",
            root.GetProperty("state").GetString()!,
            root.GetProperty("kinds").EnumerateObject().ToDictionary(kind => kind.Name, kind => kind.Value.GetInt64()),
            cost is null ? null : decimal.Parse(cost, CultureInfo.InvariantCulture)
        );
    }
}
