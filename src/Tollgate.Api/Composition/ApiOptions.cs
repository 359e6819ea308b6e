using Tollgate.Operations.Reports;
using Tollgate.Operations.Simulations.Results;

namespace Tollgate.Api.Composition;

/// <summary>The parts of the program that the API uses and does not contain.</summary>
public sealed record ApiOptions
{
    /// <summary>
    /// Returns the value of a variable, such as the key of a provider's reports; null if it is not set.
    /// </summary>
    public Func<string, string?> FindVariable { get; init; } = static _ => null;

    /// <summary>Draws the result of a simulation as a page without scripts that loads nothing.</summary>
    public required Func<SavedResult, string> DrawSimulation { get; init; }

    /// <summary>Writes a usage report as a PDF file.</summary>
    public required Action<UsageReport, Stream> WriteReport { get; init; }

    /// <summary>The models that callers can name.</summary>
    public required ServedModels Models { get; init; }

    /// <summary>The metrics of the gateway.</summary>
    public required MetricsSource Metrics { get; init; }
}
