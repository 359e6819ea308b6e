using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Metering.Limits.Text;

/// <summary>
/// The names of limits: <c>requests_per_minute</c> in refusals; in input also <c>daily_tokens</c> and many more.
/// </summary>
public static class LimitName
{
    private static readonly (string Word, LimitMetric Metric)[] Metrics =
    [
        ("requests", LimitMetric.Requests),
        ("calls", LimitMetric.Requests),
        ("tokens", LimitMetric.TotalTokens),
        ("total_tokens", LimitMetric.TotalTokens),
        ("input_tokens", LimitMetric.InputTokens),
        ("prompt_tokens", LimitMetric.InputTokens),
        ("output_tokens", LimitMetric.OutputTokens),
        ("completion_tokens", LimitMetric.OutputTokens),
        ("cost", LimitMetric.Cost),
        ("budget", LimitMetric.Cost),
        ("spending", LimitMetric.Cost),
        ("concurrent_requests", LimitMetric.ConcurrentRequests),
        ("parallel_requests", LimitMetric.ConcurrentRequests),
        ("cost_per_request", LimitMetric.CostPerRequest),
    ];

    private const string Known =
        "Metrics are requests, tokens, input_tokens, output_tokens and cost, written as daily_tokens, "
        + "monthly_rolling_cost, tokens_per_7_minutes or total_cost; and concurrent_requests, cost_per_request";

    /// <summary>The metric for a word such as <c>tokens</c>; null if there is none.</summary>
    public static LimitMetric? FindMetric(string word)
    {
        foreach (var (name, metric) in Metrics)
            if (name == word)
                return metric;
        return null;
    }

    /// <summary>The metric for a word such as <c>tokens</c>.</summary>
    /// <exception cref="FormatException">
    /// It does not exist; the message lists the known ones and suggests the nearest.
    /// </exception>
    public static LimitMetric ParseMetric(string word)
    {
        if (FindMetric(word) is { } metric)
            return metric;
        var near = NameSuggestion.FindNearest(word, Metrics.Select(static pair => pair.Word)) is { } name
            ? $"Did you mean '{name}'? "
            : "";
        throw new FormatException(
            $"'{word}' is not a valid metric. {near}Valid metrics: "
                + $"{string.Join(", ", Enum.GetValues<LimitMetric>().Select(Format))}."
        );
    }

    /// <summary>The word for a metric, such as <c>tokens</c>.</summary>
    public static string Format(LimitMetric metric) => Metrics.First(pair => pair.Metric == metric).Word;

    /// <summary>
    /// A limit's name in refusals, such as <c>requests_per_minute</c>, <c>cost_per_rolling_30_days</c> or
    /// <c>total_cost</c>.
    /// </summary>
    public static string Format(LimitMetric metric, LimitWindow window) =>
        Write(metric, window, window is BucketWindow bucket ? bucket.Text["bucket ".Length..] : window.Text);

    /// <summary>
    /// The identity of a limit: its metric, window and scope, such as <c>tokens_per_day:model=gpt-4o,user=*</c>. The
    /// amount, mode and time zone are not part of it, so they can be changed.
    /// </summary>
    /// <param name="metric">The metric.</param>
    /// <param name="window">The window.</param>
    /// <param name="scope">The scope.</param>
    /// <param name="variant">
    /// Distinguishes two limits that otherwise have the same identity, for example <c>soft</c>; otherwise null.
    /// </param>
    public static string FormatId(LimitMetric metric, LimitWindow window, LimitScope scope, string? variant = null)
    {
        var id = Write(metric, window, window.Text);
        if (variant is not null)
            id = $"{id}.{variant}";
        return scope.Terms.IsEmpty ? id : LimitScopeText.Shorten($"{id}:{LimitScopeText.FormatScope(scope)}");
    }

    /// <summary>
    /// Parses a name such as <c>daily_tokens</c>, <c>max_requests_per_minute</c>, <c>monthly_rolling_cost</c> or
    /// <c>concurrent_requests</c>.
    /// </summary>
    /// <exception cref="FormatException">
    /// It is not valid; the message states what was found, what is known and what is nearest.
    /// </exception>
    public static (LimitMetric Metric, LimitWindow Window) Parse(string name, WindowOptions traits = default)
    {
        var words = name.Trim()
            .ToLowerInvariant()
            .Replace('-', '_')
            .Replace(' ', '_')
            .Split('_', StringSplitOptions.RemoveEmptyEntries);
        if (words is ["max", ..])
            words = words[1..];
        if (words is ["rpm"])
            words = ["requests", "per", "minute"];
        if (words is ["tpm"])
            words = ["tokens", "per", "minute"];
        if (FindMetric(string.Join('_', words)) is { } whole)
            return (whole, ParseWindow(name, whole, words[0], traits));
        if (Array.IndexOf(words, "per") is var per and > 0 && FindMetric(string.Join('_', words[..per])) is { } rate)
            return (rate, WindowText.Parse(string.Join(' ', words[(per + 1)..]), traits));
        for (var from = 1; from < words.Length; from++)
            if (FindMetric(string.Join('_', words[from..])) is { } metric && !IsInstant(metric))
                return (metric, WindowText.Parse(string.Join(' ', words[..from]), traits));
        var near = NameSuggestion.FindNearest(name, Examples());
        throw new FormatException(
            $"'{name}' is not a valid limit. {(near is null ? Known : $"Did you mean '{near}'? {Known}")}."
        );
    }

    /// <summary>The window of a metric that does not accumulate; null if a window must be named.</summary>
    public static LimitWindow? GetInstantWindow(LimitMetric metric) =>
        IsInstant(metric) ? InstantWindow.Instance : null;

    private static bool IsInstant(LimitMetric metric) =>
        metric is LimitMetric.ConcurrentRequests or LimitMetric.CostPerRequest;

    private static LimitWindow ParseWindow(string name, LimitMetric metric, string first, WindowOptions traits) =>
        GetInstantWindow(metric)
        ?? (
            first == "total"
                ? WindowText.Parse("total", traits)
                : throw new FormatException(
                    $"'{name}' does not name a window. "
                        + $"Write, for example, daily_{name}, {name}_per_hour or total_{name}."
                )
        );

    private static string Write(LimitMetric metric, LimitWindow window, string text) =>
        window switch
        {
            InstantWindow => Format(metric),
            TotalWindow => $"total_{Format(metric)}",
            _ => $"{Format(metric)}_per_{text.Replace(' ', '_')}",
        };

    private static IEnumerable<string> Examples() =>
        from metric in Metrics
        where !IsInstant(metric.Metric)
        from name in WindowText
            .UnitWords.Select(word =>
                word.EndsWith("ly", StringComparison.Ordinal) || word == "total"
                    ? $"{word}_{metric.Word}"
                    : $"{metric.Word}_per_{word}"
            )
            .Concat(["concurrent_requests", "cost_per_request"])
        select name;
}
