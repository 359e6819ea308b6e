using System.Text.Json;

namespace Tollgate.Api.Tests.OneNumber.Reports;

/// <summary>The contribution of one entry of a list of calls.</summary>
internal static class EntryFigures
{
    /// <summary>Reads an entry as JSON.</summary>
    public static Figures Read(JsonElement entry)
    {
        var tokens = entry.GetProperty("tokens");
        return TokenFigures
            .Read(tokens)
            .Add(ReadRecord(name => entry.GetProperty(name).ToString() is var text && text.Length > 0 ? text : null));
    }

    /// <summary>Reads a row of CSV.</summary>
    public static Figures Read(Func<string, string> cell) =>
        ReadRecord(name => cell(name) is { Length: > 0 } text ? text : null)
            .Add(Figures.Input, JsonCells.Parse(cell("tokens_input_tokens")))
            .Add(Figures.Cached, JsonCells.Parse(cell("tokens_cached_tokens")))
            .Add(Figures.Output, JsonCells.Parse(cell("tokens_output_tokens")))
            .Add(Figures.Total, JsonCells.Parse(cell("tokens_total_tokens")));

    /// <summary>A correction is not a call; one that adds a price takes the call from those without one.</summary>
    private static Figures ReadRecord(Func<string, string?> find)
    {
        var isCall = find("corrects_call") is null;
        var cost = find("cost");
        var figures = new Figures()
            .Add(Figures.Rows, 1)
            .Add(Figures.Cost, cost is null ? 0 : JsonCells.Parse(cost))
            .Add(Figures.Duration, JsonCells.Parse(find("duration_s")!) * 1_000_000)
            .Add(Figures.Calls, isCall ? 1 : 0)
            .Add(Figures.Errors, bool.Parse(find("is_error")!) ? 1 : 0)
            .Add(Figures.Estimated, isCall && find("usage_source") == "estimated" ? 1 : 0);
        if (isCall)
            return figures.Add(Figures.Unpriced, cost is null ? 1 : 0);
        return figures.Add(Figures.Unpriced, find("outcome") == "repriced" ? -1 : 0);
    }
}
