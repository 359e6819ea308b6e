using System.Globalization;
using Tollgate.Analytics.Flows;
using Tollgate.Analytics.Flows.Analysis;

namespace Tollgate.Cli.Flows;

/// <summary>Writes the whole distribution: each bucket that has tokens, in its order.</summary>
internal static class FlowSeriesFile
{
    /// <summary>
    /// Some 15 GB. More lines come from a wrong year in a row, and would fill the disk before anybody looked.
    /// </summary>
    private const long MostLines = 500_000_000;

    /// <exception cref="FlowFileException">There are too many.</exception>
    public static void Write(string path, FlowReport report, FlowReportWords words, CancellationToken cancellation)
    {
        var lines = report.Series.Stretches.Sum(static stretch => stretch.Buckets);
        if (lines > MostLines)
        {
            throw new FlowFileException(
                $"--series would have {FlowReportWords.Count(lines)} lines, from "
                    + $"{words.Iso(report.Series.Stretches.First().Start)} on; at most "
                    + $"{FlowReportWords.Count(MostLines)} are written. "
                    + "A row has a wrong year, or the time wants larger pieces: --bucket hour."
            );
        }

        using var file = new StreamWriter(path);
        file.Write("minute,tokens\n");
        foreach (var bucket in report.Series)
        {
            cancellation.ThrowIfCancellationRequested();
            file.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{words.Iso(bucket.Start)},{bucket.Tokens.Tokens:0.#########}\n"
                )
            );
        }
    }
}
