using Tollgate.Dashboard.Layout;
using Tollgate.Operations.Usage.Calls;

namespace Tollgate.Dashboard.Pages.Calls;

/// <summary>The page with everything that the ledger has about one call.</summary>
/// <param name="Frame">Its frame.</param>
/// <param name="Call">The call.</param>
public sealed record CallModel(FrameModel Frame, CallDetails Call);
