using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Api.Tests.OneNumber.Reports;

/// <summary>Series: each bucket has its own records, and so has each group.</summary>
internal static class SeriesReports
{
    private static readonly string[] Sums =
    [
        Figures.Cost,
        Figures.Calls,
        Figures.Errors,
        Figures.Unpriced,
        Figures.Estimated,
        Figures.Input,
        Figures.Cached,
        Figures.Output,
        Figures.Reasoning,
        Figures.Total,
        Figures.Duration,
    ];

    private const string Measures =
        "measures=cost,calls,errors,unpriced,estimated,input_tokens,cached_tokens,output_tokens,reasoning_tokens,"
        + "total_tokens,duration";

    public static async Task CheckAsync(Case check)
    {
        await CheckBucketsAsync(check);
        await CheckGroupsAsync(check, Dimensions.Few);
        await CheckExportAsync(check);
    }

    /// <summary>Checks each bucket of a series without groups.</summary>
    public static async Task CheckBucketsAsync(Case check)
    {
        var bucket = ChooseBucket(check);
        var isCumulative = check.Random.Next(4) == 0;
        var name = $"series by {bucket}{(isCumulative ? ", cumulative" : "")}";
        var body = await check.Reader.GetAsync(
            $"/api/v1/series?{check.Question.Scope}&{Measures}&bucket={bucket}"
                + $"&cumulative={(isCumulative ? "true" : "false")}"
        );
        check.Compare(name, Read(body.GetProperty("total")));
        var (edge, next) = (check.Question.From, 0);
        foreach (var point in body.GetProperty("total").List("points"))
        {
            var start = point.GetProperty("start").GetDateTimeOffset();
            check.Require(name, start == edge, $"a bucket begins at {start:O}, not at {edge:O}");
            if (edge != check.Question.From)
                CheckEdge(check, name, bucket, edge);
            edge = point.GetProperty("end").GetDateTimeOffset();
            var first = isCumulative ? 0 : next;
            while (next < check.Records.Count && check.Records[next].StartedAt < edge)
                next++;
            check.Compare(
                $"{name} at {start:O}",
                Read(point),
                Reference.Sum(check.Records.Skip(first).Take(next - first))
            );
        }

        check.Require(name, edge == check.Question.To, $"it ends at {edge:O}, not at {check.Question.To:O}");
    }

    /// <summary>Checks that a day, a week, or a month begins at local midnight.</summary>
    private static void CheckEdge(Case check, string name, string bucket, DateTimeOffset edge)
    {
        if (bucket is not ("day" or "week" or "month"))
            return;
        var day = Reference.FindDay(edge, check.Question.Zone);
        var isStart =
            edge == Reference.FindMidnight(day, check.Question.Zone)
            && (bucket != "week" || day.DayOfWeek == DayOfWeek.Monday)
            && (bucket != "month" || day.Day == 1);
        check.Require(name, isStart, $"{edge:O} is not the start of a local {bucket}");
    }

    /// <summary>Checks each line of a series by one or two dimensions, and the sum of the others.</summary>
    public static async Task CheckGroupsAsync(Case check, IReadOnlyList<string> dimensions)
    {
        string[] groups = [.. Shuffle(check, dimensions).Take(check.Random.Next(1, 3))];
        var top = check.Random.Next(1, 6);
        var bucket = check.NextOf((string[])["none", "month", "week", "auto"]);
        var names = groups.Length == 1 ? $"group={groups[0]}" : $"group={groups[0]}&subgroup={groups[1]}";
        var report = $"series by {string.Join(" and ", groups)}, {bucket}, top {top}";
        var body = await check.Reader.GetAsync(
            $"/api/v1/series?{check.Question.Scope}&{Measures}&bucket={bucket}&{names}&top={top}&compare=previous"
        );
        CheckComparison(check, report, body.GetProperty("comparison"));
        check.Compare(report, Read(body.GetProperty("total")));
        var lines = new Figures().Add(Figures.Cost, 0);
        foreach (var line in body.List("lines"))
        {
            var sum = Read(line);
            lines.Add(sum);
            var points = line.List("points").Aggregate(new Figures(), static (all, point) => all.Add(Read(point)));
            check.Compare($"{report}, points of {line.GetProperty("names")}", points, sum);
            if (line.GetProperty("is_other").GetBoolean())
                continue;
            string?[] found = [.. line.List("names").Select(static name => name.GetString())];
            check.Compare($"{report}, {line.GetProperty("names")}", sum, Reference.Sum(Select(check, groups, found)));
        }

        check.Compare($"{report}, all lines", lines);
        var count = check
            .Records.Select(record =>
                string.Join('\0', groups.Select(group => Dimensions.All[group](record) ?? "\u0001"))
            )
            .Distinct(StringComparer.Ordinal)
            .Count();
        check.Require(
            report,
            body.GetProperty("group_count").GetInt32() == count,
            $"it has {body.GetProperty("group_count")} groups, not {count}"
        );
    }

    /// <summary>Checks the sum of the same groups and of the others in the range before.</summary>
    private static void CheckComparison(Case check, string report, JsonElement comparison)
    {
        var range = comparison.GetProperty("range");
        var from = range.GetProperty("from").GetDateTimeOffset();
        var to = range.GetProperty("to").GetDateTimeOffset();
        var expected = Reference.Sum(
            check.Ledger.Where(record =>
                record.StartedAt >= from && record.StartedAt < to && check.Question.Matches(record)
            )
        );
        var lines = comparison
            .List("lines")
            .Aggregate(new Figures().Add(Figures.Cost, 0), static (sum, line) => sum.Add(Read(line)));
        check.Compare($"{report}, the range before", Read(comparison.GetProperty("total")), expected);
        check.Compare($"{report}, all lines of the range before", lines, expected);
    }

    /// <summary>Checks that the rows of a series add up, as CSV and as JSON Lines.</summary>
    public static async Task CheckExportAsync(Case check)
    {
        var group = check.NextOf(Dimensions.Common);
        var path = $"/api/v1/series?{check.Question.Scope}&{Measures}&bucket=month&group={group}&top=3";
        var csv = new CsvRows(await check.Reader.GetTextAsync(path, "text/csv"));
        var lines = Reader.ParseLines(await check.Reader.GetTextAsync(path, "application/jsonl"));
        var fromCsv = new Figures().Add(Figures.Cost, 0);
        var fromLines = new Figures().Add(Figures.Cost, 0);
        foreach (var cell in csv.Cells)
            fromCsv.Add(Read(name => cell(name) is { Length: > 0 } text ? JsonCells.Parse(text) : null));
        foreach (var line in lines)
            fromLines.Add(Read(name => line.FindNumber(name)));
        check.Compare($"series by {group} as CSV", fromCsv);
        check.Compare($"series by {group} as JSON Lines", fromLines);
    }

    private static IEnumerable<UsageRecord> Select(Case check, string[] groups, string?[] names) =>
        check.Records.Where(record =>
            groups.Index().All(group => Dimensions.All[group.Item](record) == names[group.Index])
        );

    /// <summary>Reads the values of a line or a point, in the order of the measures.</summary>
    private static Figures Read(JsonElement line)
    {
        var values = line.List("values").Select(static value => value.ReadNumber()).ToList();
        var names = Measures["measures=".Length..].Split(',');
        return Read(name => values[Array.IndexOf(names, name)]);
    }

    private static Figures Read(Func<string, decimal?> find)
    {
        var figures = new Figures();
        foreach (var (name, sum) in Measures["measures=".Length..].Split(',').Zip(Sums))
            figures.Add(sum, (find(name) ?? 0) * (sum == Figures.Duration ? 1_000_000 : 1));
        return figures;
    }

    /// <summary>Returns a length of which there are not too many in the range.</summary>
    private static string ChooseBucket(Case check) =>
        check.Question.LengthInDays switch
        {
            <= 0.9 => check.NextOf((string[])["minute", "hour", "day", "auto"]),
            <= 55 => check.NextOf((string[])["hour", "day", "week"]),
            _ => check.NextOf((string[])["day", "week", "month"]),
        };

    private static IEnumerable<string> Shuffle(Case check, IEnumerable<string> names)
    {
        string[] shuffled = [.. names];
        check.Random.Shuffle(shuffled);
        return shuffled;
    }
}
