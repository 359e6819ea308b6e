namespace Tollgate.Operations.Jobs;

/// <summary>
/// Passes progress on at once, on the thread that reports it: <see cref="Progress{T}"/> would post it to the thread
/// pool, in any order.
/// </summary>
/// <param name="report">Receives it.</param>
internal sealed class JobProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
