using Tollgate.Dashboard.Layout;
using Tollgate.Operations.AuditTrail;

namespace Tollgate.Dashboard.Pages.Audit;

/// <summary>The page with the changes that people and programs made.</summary>
/// <param name="Frame">Its frame.</param>
/// <param name="Changes">The changes, newest first.</param>
public sealed record AuditModel(FrameModel Frame, IReadOnlyList<RecordedChange> Changes)
{
    /// <summary>The address of older changes; null if there are none.</summary>
    public string? Older { get; init; }

    /// <summary>The time at which the page was created.</summary>
    public DateTimeOffset Now { get; init; }
}
