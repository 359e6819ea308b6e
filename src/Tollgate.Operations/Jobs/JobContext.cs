namespace Tollgate.Operations.Jobs;

/// <summary>The surroundings of a running job.</summary>
public sealed class JobContext
{
    private readonly Action<double, string?> _report;
    private readonly Func<Stream> _openResult;

    internal JobContext(Action<double, string?> report, Func<Stream> openResult, CancellationToken cancellationToken) =>
        (_report, _openResult, CancellationToken) = (report, openResult, cancellationToken);

    /// <summary>Canceled when the job is canceled, takes too long, or the program stops.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The media type of the result; set it before the job ends if there is one.</summary>
    public string? ResultType { get; set; }

    /// <summary>Reports the part that is done.</summary>
    /// <param name="progress">The part, from 0 to 1.</param>
    /// <param name="phase">The current step, in a few words; null if there are no steps.</param>
    public void Report(double progress, string? phase = null) => _report(Math.Clamp(progress, 0, 1), phase);

    /// <summary>Opens the result for writing. It is kept only if the job succeeds.</summary>
    public Stream OpenResult() => _openResult();
}
