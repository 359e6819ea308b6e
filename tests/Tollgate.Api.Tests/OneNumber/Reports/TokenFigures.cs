using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Api.Tests.OneNumber.Reports;

/// <summary>Reads consumption: its totals and its kinds.</summary>
internal static class TokenFigures
{
    private static readonly (UsageKind Kind, string Name)[] Kinds =
    [
        .. Enum.GetValues<UsageKind>().Select(static kind => (kind, Format(kind))),
    ];

    /// <summary>Reads an object "tokens".</summary>
    public static Figures Read(JsonElement tokens)
    {
        var figures = new Figures()
            .Add(Figures.Input, tokens.GetNumber("input_tokens"))
            .Add(Figures.Cached, tokens.GetNumber("cached_tokens"))
            .Add(Figures.Output, tokens.GetNumber("output_tokens"))
            .Add(Figures.Total, tokens.GetNumber("total_tokens"));
        var kinds = tokens.GetProperty("kinds");
        foreach (var (kind, name) in Kinds)
            figures.Add(Reference.Name(kind), kinds.TryGetProperty(name, out var count) ? count.GetInt64() : 0);
        return figures;
    }

    /// <summary>Reads a row that has a column for each kind.</summary>
    public static Figures ReadKinds(Func<string, string> cell)
    {
        var figures = new Figures();
        foreach (var (kind, name) in Kinds)
            figures.Add(
                Reference.Name(kind),
                JsonCells.Parse(cell(name.Replace("write", "write_", StringComparison.Ordinal)))
            );
        return figures;
    }

    private static string Format(UsageKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
}
