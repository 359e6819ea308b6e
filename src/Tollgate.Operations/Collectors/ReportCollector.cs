using System.Text.Json;

namespace Tollgate.Operations.Collectors;

/// <summary>
/// Collects the reports of one provider, day by day: final days from the cache, others from the provider.
/// </summary>
/// <param name="client">The client of the provider.</param>
/// <param name="reports">The reports.</param>
/// <param name="cache">Stores final days.</param>
internal sealed class ReportCollector(ReportClient client, IReadOnlyList<IReport> reports, DayCache cache)
{
    /// <summary>Returns the lines of the days, ordered by report and day.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The first day after.</param>
    /// <param name="cancellationToken">Cancels it; the final days received by then are cached.</param>
    /// <exception cref="CollectorException">A report could not be fetched or read.</exception>
    public async Task<IReadOnlyList<ReportedUsage>> CollectAsync(
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken
    )
    {
        var lines = new List<ReportedUsage>();
        foreach (var report in reports)
        {
            var days = await GetDaysAsync(report, from, to, cancellationToken);
            foreach (var (day, results) in days)
            {
                var what = $"the {report.Name} of {day:yyyy-MM-dd}";
                foreach (var result in results)
                    lines.AddRange(Parse(report, what, () => report.Lines(day, result).ToList()));
            }
        }

        return lines;
    }

    private async Task<SortedDictionary<DateOnly, IReadOnlyList<JsonElement>>> GetDaysAsync(
        IReport report,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken
    )
    {
        var days = new SortedDictionary<DateOnly, IReadOnlyList<JsonElement>>();
        for (var day = from; day < to; day = day.AddDays(1))
            if (cache.Find(report.Name, day) is { } kept)
                days[day] = kept;

        // Missing days are requested in runs: a month takes one request, not thirty.
        for (var start = from; start < to; start = start.AddDays(1))
        {
            if (days.ContainsKey(start))
                continue;
            var end = start.AddDays(1);
            while (end < to && end.DayNumber - start.DayNumber < report.MaxDaysPerRequest && !days.ContainsKey(end))
                end = end.AddDays(1);
            await FetchAsync(report, start, end, days, cancellationToken);
        }

        return days;
    }

    private async Task FetchAsync(
        IReport report,
        DateOnly from,
        DateOnly to,
        SortedDictionary<DateOnly, IReadOnlyList<JsonElement>> days,
        CancellationToken cancellationToken
    )
    {
        var (pending, seen) = (
            new SortedDictionary<DateOnly, List<JsonElement>>(),
            new HashSet<string>(StringComparer.Ordinal)
        );
        var complete = from;
        string? next = null;
        do
        {
            using var json = await client.GetAsync(report.Address(from, to, next), cancellationToken);
            var page = Parse(report, "a page", () => report.Read(json.RootElement.Clone()));
            foreach (var (day, results) in page.Days)
            {
                if (day < from || day >= to)
                    continue; // Some providers round the period outward.
                if (day < complete)
                    throw CreateException(report, "a page", $"the day {day:yyyy-MM-dd} comes after later ones", null);
                if (!pending.TryGetValue(day, out var list))
                    pending.Add(day, list = []);
                list.AddRange(results);
            }

            next = page.Next;
            if (next is not null && !seen.Add(next))
                throw CreateException(report, "a page", "it leads back to a page that was already read", null);

            // A day may continue on the next page, so the last one is complete only at the end.
            var end =
                next is null ? to
                : pending.Count > 0 ? pending.Keys.Last()
                : complete;
            for (; complete < end; complete = complete.AddDays(1))
            {
                var results = days[complete] = pending.Remove(complete, out var list) ? list : [];
                cache.Save(report.Name, complete, results);
            }
        } while (next is not null);
    }

    private T Parse<T>(IReport report, string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception)
            when (exception is FormatException or OverflowException or InvalidOperationException)
        {
            throw CreateException(report, what, exception.Message, exception);
        }
    }

    private CollectorException CreateException(IReport report, string what, string error, Exception? cause) =>
        new(
            $"{client.Access.Provider}'s report '{report.Name}' cannot be read: in {what}, {error}. Nothing was "
                + $"collected from it. Is the base URL right?",
            cause
        );
}
