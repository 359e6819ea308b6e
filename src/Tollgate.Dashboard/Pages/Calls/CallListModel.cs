using Tollgate.Dashboard.Layout;
using Tollgate.Operations.Usage.Calls;
using Tollgate.Operations.Usage.Facets;

namespace Tollgate.Dashboard.Pages.Calls;

/// <summary>The page with a list of calls.</summary>
/// <param name="Frame">Its frame.</param>
/// <param name="Page">The calls.</param>
public sealed record CallListModel(FrameModel Frame, CallPage Page)
{
    /// <summary>The values of some dimensions in the calls.</summary>
    public required IReadOnlyList<(string Title, string Field, FacetResult Values)> Facets { get; init; }

    /// <summary>The time at which the page was created.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The conditions as people read them, each with the address of the page without it.</summary>
    public IReadOnlyList<(string Text, string Without)> Conditions
    {
        get
        {
            var state = Frame.State;
            return
            [
                .. state
                    .Parameters.Where(static parameter => parameter.Key.StartsWith("filter[", StringComparison.Ordinal))
                    .Select(parameter =>
                        (
                            Describe(parameter),
                            state.To("calls", (parameter.Key, null), ("after", null), ("before", null))
                        )
                    ),
            ];
        }
    }

    private static string Describe(KeyValuePair<string, string> parameter)
    {
        var parts = parameter.Key["filter[".Length..].TrimEnd(']').Split("][");
        var comparison = parts.Length > 1 ? parts[1] : "in";
        var value =
            parameter.Value.Length == 0 ? "(none)" : parameter.Value.Replace(",", ", ", StringComparison.Ordinal);
        return comparison switch
        {
            "gte" => $"{parts[0]} ≥ {value}",
            "lte" => $"{parts[0]} ≤ {value}",
            "not_in" => $"{parts[0]} is not {value}",
            "contains" => $"{parts[0]} contains {value}",
            _ => $"{parts[0]}: {value}",
        };
    }
}
