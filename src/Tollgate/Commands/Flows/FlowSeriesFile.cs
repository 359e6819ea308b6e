using System.Globalization;
using Tollgate.Analytics.Flows;

namespace Tollgate.Commands.Flows;

/// <summary>Writes the whole distribution: each bucket that has tokens, in its order.</summary>
internal static class FlowSeriesFile
{
    public static void Write(string path, FlowReport report, FlowReportWords words)
    {
        using var file = new StreamWriter(path);
        file.Write("minute,tokens\n");
        foreach (var bucket in report.Series)
            file.Write(string.Create(CultureInfo.InvariantCulture, $"{words.Iso(bucket.Start)},{bucket.Tokens.Tokens:0.#########}\n"));
    }
}
