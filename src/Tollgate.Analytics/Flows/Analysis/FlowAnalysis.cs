using System.Runtime.ExceptionServices;
using Tollgate.Analytics.Flows.Csv;
using Tollgate.Analytics.Flows.Tallies;

namespace Tollgate.Analytics.Flows.Analysis;

/// <summary>
/// Answers two questions about flows in CSV files: the percentiles of their cost per group, and when token usage
/// peaked. Every token and every row is accounted for in the report.
/// </summary>
public static class FlowAnalysis
{
    /// <summary>Reads all sources, one after the other, as one set of flows.</summary>
    /// <exception cref="FlowFileException">
    /// A source cannot be read, is empty, or lacks a column; or, with <see cref="FlowOptions.Strict"/>, a row is wrong.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static FlowReport Run(
        IReadOnlyList<FlowSource> sources,
        FlowOptions options,
        CancellationToken cancellationToken = default
    )
    {
        Check(options);
        using var blocks = new RecordBlocks(sources, options);
        var output = options.Rounded is { } rounded ? new OrderedOutput(rounded) : null;
        var readers = new FlowReader[options.Threads > 0 ? options.Threads : Environment.ProcessorCount];
        for (var index = 0; index < readers.Length; index++)
            readers[index] = new FlowReader(options, blocks, output);
        RunAll(readers, cancellationToken);

        FlowCounter[] tallies = [.. readers.Select(static reader => reader.Counter)];
        var rejected = new RejectedRows(tallies, [.. sources.Select(static source => source.Name)]);
        if (options.Strict && rejected.First is [var first, ..])
            throw new FlowFileException(
                $"{first.Describe()} Nothing was analyzed, because strict mode requires every row to be valid."
            );
        return Report([.. sources.Select(static source => source.Name)], options, tallies, rejected);
    }

    /// <summary>Analyzes flows that do not come from a file.</summary>
    /// <param name="name">Their name in the report.</param>
    /// <param name="flows">The flows; read once.</param>
    /// <param name="options">The options of the analysis. Of the columns, only the group's name matters.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static FlowReport Run(string name, IEnumerable<Flow> flows, FlowOptions options)
    {
        Check(options);
        var tally = new FlowCounter(options, rounded: null);
        foreach (var flow in flows)
            tally.Add(flow);
        return Report([name], options, [tally], new RejectedRows([tally], [name]));
    }

    private static void Check(FlowOptions options)
    {
        foreach (var percent in options.Percentiles)
            if (percent is < 0 or > 100)
                throw new ArgumentOutOfRangeException(nameof(options), percent, "A percentile must be from 0 to 100.");
        if (options.Bucket < TimeSpan.FromSeconds(1) || options.Bucket.Ticks % TimeSpan.TicksPerSecond != 0)
            throw new ArgumentOutOfRangeException(
                nameof(options),
                options.Bucket,
                "A bucket must be one or more whole seconds."
            );
        if (options.Delimiter is '"' or '\n' or '\r' or > '\x7f' or (>= '0' and <= '9'))
            throw new ArgumentOutOfRangeException(
                nameof(options),
                options.Delimiter,
                "The delimiter must be one ASCII character, and neither a quote nor a digit."
            );
    }

    private static void RunAll(FlowReader[] readers, CancellationToken cancellationToken)
    {
        var failures = new Exception?[readers.Length];
        var threads = new Thread[readers.Length - 1];
        for (var index = 0; index < threads.Length; index++)
        {
            var mine = index + 1;
            threads[index] = new Thread(() => Run(mine)) { IsBackground = true, Name = $"flow reader {mine}" };
            threads[index].Start();
        }

        Run(0);
        foreach (var thread in threads)
            thread.Join();
        if (Array.Find(failures, static failure => failure is not null) is { } failed)
            ExceptionDispatchInfo.Throw(failed);

        void Run(int index)
        {
            try
            {
                readers[index].Run(cancellationToken);
            }
            catch (Exception failure)
            {
                failures[index] = failure;
            }
        }
    }

    private static FlowReport Report(
        IReadOnlyList<string> sources,
        FlowOptions options,
        FlowCounter[] tallies,
        RejectedRows rejected
    )
    {
        var series = new TokenSeries(Array.ConvertAll(tallies, static tally => tally.Buckets), options);
        BucketTokens? peak = null;
        Int128 distributed = 0;
        foreach (var stretch in series.Runs)
        {
            distributed += stretch.Tokens.Nano * stretch.Buckets;
            if (peak is null || stretch.Tokens.Nano > peak.Value.Tokens.Nano)
                peak = new BucketTokens(stretch.Start, stretch.Tokens);
        }

        var sums = FlowTotals.Merge(tallies);
        return new FlowReport
        {
            Sources = sources,
            Options = options,
            Rows = sums.Rows,
            Filtered = sums.Filtered,
            Unpriced = sums.Unpriced,
            Rejected = rejected.Sum(),
            Groups = GroupSummary.All(tallies, options),
            Peak = peak,
            Total = new TokenAmount(sums.Nano),
            Distributed = new TokenAmount(distributed),
            Excluded = ExclusionCounter.Sum(tallies),
            Series = series,
        };
    }
}
