namespace Tollgate.Operations.Jobs;

/// <summary>The surroundings of a running job.</summary>
public sealed class JobContext
{
    private readonly Lock _lock = new();
    private readonly Action<double, string?> _report;
    private readonly Func<Stream> _openResult;
    private (int Percent, string? Phase) _reported = (-1, null);

    internal JobContext(Guid id, Action<double, string?> report, Func<Stream> openResult, CancellationToken canceled) =>
        (Id, _report, _openResult, CancellationToken) = (id, report, openResult, canceled);

    /// <summary>The job.</summary>
    public Guid Id { get; }

    /// <summary>Canceled when the job is canceled, takes too long, or the program stops.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The media type of the result; set it before the job ends if there is one.</summary>
    public string? ResultType { get; set; }

    /// <summary>
    /// Reports the part that is done, from any thread. Less than one percent more, or a lower part of the same step
    /// from a thread that was overtaken, is not passed on.
    /// </summary>
    /// <param name="progress">The part, from 0 to 1.</param>
    /// <param name="phase">The current step, in a few words; null if there are no steps.</param>
    public void Report(double progress, string? phase = null)
    {
        var part = Math.Clamp(progress, 0, 1);
        var percent = (int)(part * 100);
        lock (_lock)
        {
            if (phase == _reported.Phase && percent <= _reported.Percent)
                return;
            _reported = (percent, phase);
            _report(part, phase);
        }
    }

    /// <summary>Opens the result for writing. It is kept only if the job succeeds.</summary>
    public Stream OpenResult() => _openResult();
}
