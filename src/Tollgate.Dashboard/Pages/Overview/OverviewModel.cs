using Tollgate.Dashboard.Charts;
using Tollgate.Dashboard.Layout;
using Tollgate.Operations.Limits;
using Tollgate.Operations.Usage.Calls;

namespace Tollgate.Dashboard.Pages.Overview;

/// <summary>The first page: cost by model, project, and user, and the budgets with the least left.</summary>
/// <param name="Frame">Its frame.</param>
public sealed record OverviewModel(FrameModel Frame)
{
    /// <summary>The figures at the top.</summary>
    public required IReadOnlyList<FigureCard> Cards { get; init; }

    /// <summary>The cost over time.</summary>
    public required TimeChart Chart { get; init; }

    /// <summary>The dimension of the chart's groups, such as <c>model</c>.</summary>
    public required string Group { get; init; }

    /// <summary>The dimensions that the chart can be grouped by.</summary>
    public static IReadOnlyList<(string Name, string Title)> Groups { get; } =
        [("model", "Model"), ("provider", "Provider"), ("project", "Project"), ("user", "User"), ("key", "Key")];

    /// <summary>The models, projects, and users with the highest cost.</summary>
    public required IReadOnlyList<TopList> Lists { get; init; }

    /// <summary>The budgets with the least left, if the person may see them.</summary>
    public required IReadOnlyList<(LimitDetails Limit, LimitUsage Usage)> Budgets { get; init; }

    /// <summary>The latest calls.</summary>
    public required IReadOnlyList<CallEntry> Latest { get; init; }

    /// <summary>The time at which the page was created.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>True if nothing was recorded yet at all.</summary>
    public required bool IsEmpty { get; init; }
}
