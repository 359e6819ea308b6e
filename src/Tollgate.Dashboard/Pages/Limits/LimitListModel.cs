using Tollgate.Dashboard.Layout;

namespace Tollgate.Dashboard.Pages.Limits;

/// <summary>The page with the budgets and limits.</summary>
/// <param name="Frame">Its frame.</param>
/// <param name="Rows">The limits, those with the least left first.</param>
public sealed record LimitListModel(FrameModel Frame, IReadOnlyList<LimitRow> Rows)
{
    /// <summary>The definitions that cannot be read, each as a sentence.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>The time at which the page was created.</summary>
    public DateTimeOffset Now { get; init; }
}
