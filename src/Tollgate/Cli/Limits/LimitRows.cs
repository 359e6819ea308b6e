using System.Globalization;
using Tollgate.Cli.Rendering;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;
using Tollgate.Operations.Limits;
using Tollgate.Operations.Text;

namespace Tollgate.Cli.Limits;

/// <summary>Limits and their usage as rows of tables.</summary>
internal static class LimitRows
{
    /// <summary>The titles of <see cref="CreateDefinition"/>.</summary>
    public static readonly string[] DefinitionTitles =
    [
        "limit",
        "name",
        "scope",
        "amount",
        "mode",
        "alert_at",
        "increase_amount",
        "increase_until",
        "window",
        "burst",
        "timezone",
        "anchor",
        "owner",
        "note",
    ];

    /// <summary>A table of usage, one line per counter.</summary>
    public static ResultTable CreateUsageTable(IReadOnlyList<LimitUsage> limits) =>
        new(
            ["limit", "of", "amount", "used", "reserved", "left", "resets_at", "mode", "explanation"],
            limits.Select(static usage =>
                new object?[]
                {
                    usage.Limit,
                    usage.Target.Count == 0 ? null : string.Join('/', usage.Target),
                    FormatAmount(usage.Amount),
                    FormatAmount(usage.Used),
                    FormatAmount(usage.Reserved),
                    FormatAmount(usage.Left),
                    usage.ResetsAt,
                    SnakeCase.From(usage.Mode),
                    usage.Explanation,
                }
            )
        )
        {
            Brief = ["limit", "of", "amount", "used", "reserved", "left", "resets_at", "mode"],
        };

    /// <summary>The cells of a definition.</summary>
    public static object?[] CreateDefinition(LimitDetails limit) =>
        [
            limit.Id,
            limit.Name,
            FormatScope(limit),
            FormatAmount(limit.Amount),
            SnakeCase.From(limit.Mode),
            limit.AlertAt.Count == 0 ? null : string.Join(',', limit.AlertAt),
            limit.IncreaseAmount is { } amount ? FormatAmount(amount) : null,
            limit.IncreaseUntil,
            limit.Window,
            limit.Burst is { } burst ? FormatAmount(burst) : null,
            limit.TimeZone,
            limit.Anchor,
            limit.Owner,
            limit.Note,
        ];

    /// <summary>An amount with a dollar sign for money; <c>no limit</c> if there is none.</summary>
    public static string FormatAmount(LimitMetric metric, decimal? amount) =>
        amount is null ? "no limit"
        : LimitAmount.IsMoney(metric) ? $"${FormatAmount(amount)}"
        : FormatAmount(amount);

    /// <summary>The target of a counter, such as <c> of alice/gpt-4o</c>; empty if there is only one.</summary>
    public static string FormatTarget(IReadOnlyList<string> target) =>
        target.Count == 0 ? "" : $" of {string.Join('/', target)}";

    private static string FormatAmount(decimal? amount) =>
        amount?.ToString("0.############", CultureInfo.InvariantCulture) ?? LimitText.None;

    private static string FormatScope(LimitDetails limit) =>
        LimitScope.Create(limit.Scope.Select(static term => new ScopeTerm(term.Dimension, term.Value))).ToString();
}
