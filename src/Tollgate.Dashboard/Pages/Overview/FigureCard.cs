using Tollgate.Dashboard.Figures;

namespace Tollgate.Dashboard.Pages.Overview;

/// <summary>One figure at the top of a page.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Value">Its value for people.</param>
/// <param name="Exact">Its value with all digits.</param>
public sealed record FigureCard(string Title, string Value, string Exact)
{
    /// <summary>The change since the range to compare with; null if there is none.</summary>
    public Change? Change { get; init; }

    /// <summary>A restriction of the figure, such as <c>12 unpriced</c>; null if there is none.</summary>
    public string? Note { get; init; }

    /// <summary>The address of the calls behind it.</summary>
    public string? Link { get; init; }
}
