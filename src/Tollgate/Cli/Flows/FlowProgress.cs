using System.Globalization;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Flows;

namespace Tollgate.Cli.Flows;

/// <summary>Shows the bytes read and the total. Shows nothing without a terminal, or for short reads.</summary>
internal sealed class FlowProgress(long? size, ProgressLine line) : IProgress<long>, IDisposable
{
    public static FlowProgress? Start(IReadOnlyList<string> paths, TimeProvider time) =>
        Console.IsErrorRedirected
            ? null
            : new FlowProgress(FlowFiles.Size(paths), new ProgressLine(Console.Error, time, TimeSpan.FromSeconds(1)));

    public void Report(long value)
    {
        if (!line.IsDue)
            return;
        var seconds = line.Elapsed.TotalSeconds;
        var left = size is > 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $" of {size / 1e6:N0} MB, {(size.Value - value) / (value / seconds):N0} s left"
            )
            : "";
        line.Show(
            string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:N0} MB{left}, {value / 1e6 / seconds:N0} MB/s")
        );
    }

    public void Dispose() => line.Dispose();
}
