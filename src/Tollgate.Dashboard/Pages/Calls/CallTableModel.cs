using Tollgate.Dashboard.State;
using Tollgate.Operations.Usage.Calls;

namespace Tollgate.Dashboard.Pages.Calls;

/// <summary>A table of calls.</summary>
/// <param name="Calls">The records.</param>
/// <param name="State">The state of the page.</param>
/// <param name="Now">The time at which the page was created.</param>
public sealed record CallTableModel(IReadOnlyList<CallEntry> Calls, PageState State, DateTimeOffset Now);
