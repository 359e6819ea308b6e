using System.Globalization;
using Tollgate.Analytics.Flows;
using Tollgate.Analytics.Flows.Analysis;
using Tollgate.Operations.Flows;

namespace Tollgate.Cli.Flows;

/// <summary>Writes the whole distribution: each bucket with tokens, in order.</summary>
internal static class FlowSeriesFile
{
    /// <summary>About 15 GB. More lines result from a wrong year in a row, and would fill the disk unnoticed.</summary>
    private const long MaxLines = 500_000_000;

    /// <exception cref="FlowFileException">There are too many lines.</exception>
    public static void Write(
        string path,
        FlowReport report,
        FlowReportFormatter words,
        CancellationToken cancellationToken
    )
    {
        var lines = report.Series.Runs.Sum(static stretch => stretch.Buckets);
        if (lines > MaxLines)
        {
            throw new FlowFileException(
                $"--series would have {FlowFigures.Count(lines)} lines, starting at "
                    + $"{words.Iso(report.Series.Runs.First().Start)}; at most "
                    + $"{FlowFigures.Count(MaxLines)} are written. "
                    + "Check the rows for a wrong year, or use a larger bucket, for example --bucket hour."
            );
        }

        using var file = new StreamWriter(path);
        file.Write("minute,tokens\n");
        foreach (var bucket in report.Series)
        {
            cancellationToken.ThrowIfCancellationRequested();
            file.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{words.Iso(bucket.Start)},{bucket.Tokens.Tokens:0.#########}\n"
                )
            );
        }
    }
}
