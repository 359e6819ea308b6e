using Tollgate.Dashboard.Layout;
using Tollgate.Operations.Providers;

namespace Tollgate.Dashboard.Pages.Providers;

/// <summary>The page with the providers.</summary>
/// <param name="Frame">Its frame.</param>
/// <param name="Providers">The providers, those with a key first.</param>
public sealed record ProviderListModel(FrameModel Frame, IReadOnlyList<ProviderDetails> Providers)
{
    /// <summary>The result of a test of a key; null if none was tested.</summary>
    public ProviderTestResult? Tested { get; init; }

    /// <summary>True if the person may test and replace keys.</summary>
    public bool MayWrite { get; init; }
}
