using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Gateway.Dialects;
using Tollgate.Metering.Limits;

namespace Tollgate.Gateway.Recording;

/// <summary>
/// Reports the status of the caller's rate limits, in the headers that OpenAI's clients read and in those of the
/// caller's dialect. If several limits of a kind apply, the one with the least remaining is reported.
/// </summary>
internal static class RateLimitHeaders
{
    public static void Write(
        IHeaderDictionary headers,
        IDialect dialect,
        IReadOnlyList<LimitStatus> statuses,
        DateTimeOffset now
    )
    {
        Write(
            headers,
            dialect,
            "requests",
            MostConstrained(statuses, static metric => metric == LimitMetric.Requests),
            now
        );
        Write(
            headers,
            dialect,
            "tokens",
            MostConstrained(
                statuses,
                static metric =>
                    metric is LimitMetric.TotalTokens or LimitMetric.InputTokens or LimitMetric.OutputTokens
            ),
            now
        );
    }

    private static LimitStatus? MostConstrained(IReadOnlyList<LimitStatus> statuses, Func<LimitMetric, bool> isOfKind)
    {
        LimitStatus? tightest = null;
        foreach (var status in statuses)
            if (
                isOfKind(status.Limit.Metric)
                && status.Limit.Mode == LimitMode.Hard
                && (tightest is null || status.Left < tightest.Left)
            )
                tightest = status;
        return tightest;
    }

    private static void Write(
        IHeaderDictionary headers,
        IDialect dialect,
        string kind,
        LimitStatus? status,
        DateTimeOffset now
    )
    {
        if (status is not { Left: { } left } known)
            return;
        var (limit, remaining) = (Format(known.Limit.MaxAt(now) ?? 0), Format(Int128.Max(0, left)));
        headers[$"x-ratelimit-limit-{kind}"] = limit;
        headers[$"x-ratelimit-remaining-{kind}"] = remaining;
        if (known.ResetsAt is { } at)
            headers[$"x-ratelimit-reset-{kind}"] =
                $"{Math.Ceiling((at - now).TotalSeconds).ToString("0", CultureInfo.InvariantCulture)}s";
        dialect.AddRateLimitHeaders(headers, new RateLimitStatus(kind, limit, remaining, known.ResetsAt));
    }

    private static string Format(Int128 amount) => amount.ToString(CultureInfo.InvariantCulture);
}
