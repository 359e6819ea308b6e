using Tollgate.Accounting.Limits.Admission;
using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Configuration.Limits;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;
using Tollgate.Metering.Limits.Windows;
using static Tollgate.Configuration.Declaration.SettingTypes;

namespace Tollgate.Configuration.Formats;

/// <summary>The declaration of limits in <c>tollgate.yaml</c>.</summary>
internal static class LimitFormat
{
    /// <summary>A window in one word, as LiteLLM writes durations of budgets.</summary>
    public static readonly SettingType<LimitWindow> Window = new(
        "window",
        "a time such as 30d, 24h, 1mo or day",
        static (text, _, out value) => TryReadWindow(text, out value),
        static window => window.Text
    );

    private static readonly SettingType<string> Amount = new(
        "amount",
        "an amount such as 150000 or 12.50, or none",
        ReadAny,
        static text => text
    )
    {
        JsonType = "number",
    };

    public static readonly SettingType<string> Percent = new(
        "percent",
        "a whole number of percent from 1 to 1000",
        static (text, _, out value) =>
            (value = text).Length > 0 && int.TryParse(text, out var part) && part is >= 1 and <= 1000,
        static text => text
    )
    {
        JsonType = "integer",
    };

    private static readonly Section<LimitRuleDraft> Rule = new([
        Word(
            "limit",
            static rule => rule.Limit,
            static (rule, text) => rule.Limit = text,
            "The whole limit in one word, such as daily_tokens=150000; else metric, window and amount."
        ),
        Word(
            "metric",
            static rule => rule.Metric,
            static (rule, text) => rule.Metric = text,
            "What it counts: requests, tokens, input_tokens, output_tokens, cost, concurrent_requests or "
                + "cost_per_request."
        ),
        new ValueSetting<LimitRuleDraft, string>(
            "amount",
            Amount,
            static rule => rule.Amount,
            static (rule, text) => rule.Amount = text,
            "The most that is allowed, that much included; US dollars for cost. 0 denies; none lifts this limit only."
        ),
        Word(
            "window",
            static rule => rule.Window,
            static (rule, text) => rule.Window = text,
            "When it begins anew: second, minute, hour, day, week, month, quarter, year or total; 7 minutes; rolling "
                + "1 hour; bucket minute."
        ),
        new TextMapSetting<LimitRuleDraft>(
            "scope",
            AddTerm,
            "Whom it concerns, such as {model: gpt-4o, user: \"*\"}: key, user, team, organization, project, "
                + "application, model, provider, tag. * counts each for itself. Left out, all calls together."
        ),
        new ValueSetting<LimitRuleDraft, LimitMode?>(
            "mode",
            Choice<LimitMode?>(("hard", LimitMode.Hard), ("soft", LimitMode.Soft), ("shadow", LimitMode.Shadow)),
            static rule => rule.Mode,
            static (rule, mode) => rule.Mode = mode,
            "hard refuses (left out, this holds); soft lets pass, marks and warns; shadow only counts."
        ),
        new TextListSetting<LimitRuleDraft>(
            "alert_at",
            Percent,
            static rule => rule.AlertAt,
            static (rule, parts) => rule.AlertAt = parts,
            "Parts of the amount, in percent, of whose spending somebody is told."
        ),
        Word(
            "timezone",
            static rule => rule.TimeZone,
            static (rule, text) => rule.TimeZone = text,
            "Whose midnight counts, such as Europe/Berlin; left out, UTC."
        ),
        Word(
            "anchor",
            static rule => rule.Anchor,
            static (rule, text) => rule.Anchor = text,
            "A local time at which a window begins, such as 2026-01-15; left out, the natural one."
        ),
        new ValueSetting<LimitRuleDraft, string>(
            "burst",
            Amount,
            static rule => rule.Burst,
            static (rule, text) => rule.Burst = text,
            "The most that a bucket holds; left out, its amount."
        ),
        new SectionSetting<LimitRuleDraft>(
            "raise",
            "A higher amount for a while.",
            new([
                new ValueSetting<LimitRuleDraft, string>(
                    "amount",
                    Amount,
                    static rule => rule.RaiseAmount,
                    static (rule, text) => rule.RaiseAmount = text,
                    "That amount."
                ),
                Word(
                    "until",
                    static rule => rule.RaiseUntil,
                    static (rule, text) => rule.RaiseUntil = text,
                    "The moment from which on it holds no more (ISO 8601; UTC where no zone is given)."
                ),
            ])
        ),
    ]);

    public static readonly SectionSetting<GateDraft> Section = new(
        "limits",
        "What may be asked and spent. A list in its place is that of the rules. See docs/limits.md.",
        new([
            new ValueSetting<GateDraft, UnpricedPolicy>(
                "unpriced",
                Choice(
                    ("allow", UnpricedPolicy.Allow),
                    ("block", UnpricedPolicy.Block),
                    ("ceiling", UnpricedPolicy.Ceiling)
                ),
                static gate => gate.Settings.Admission.Unpriced,
                static (gate, policy) =>
                    gate.Settings = gate.Settings with
                    {
                        Admission = gate.Settings.Admission with { Unpriced = policy },
                    },
                "What becomes of a call without a known price under a hard limit on cost: it passes and costs the "
                    + "limit nothing, is refused, or is charged the ceiling."
            ),
            new ValueSetting<GateDraft, decimal>(
                "unpriced_ceiling",
                Money,
                static gate => gate.Settings.Admission.UnpricedCeiling,
                static (gate, usd) =>
                    gate.Settings = gate.Settings with
                    {
                        Admission = gate.Settings.Admission with { UnpricedCeiling = usd },
                    },
                "What such a call is charged, in USD."
            ),
            new ValueSetting<GateDraft, long>(
                "most_values",
                Integer(1, 10_000_000),
                static gate => gate.Settings.Admission.MostValues,
                static (gate, most) =>
                    gate.Settings = gate.Settings with
                    {
                        Admission = gate.Settings.Admission with { MostValues = (int)most },
                    },
                "How many values a limit that counts each for itself (user: \"*\") has at most at once in one gate, "
                    + "where callers may name any. A new one beyond is refused by a hard limit; others count them "
                    + "together."
            ),
            new ValueSetting<GateDraft, string>(
                "file",
                SettingTypes.Path,
                static gate => gate.LimitsFile,
                static (gate, file) => gate.LimitsFile = file,
                "A limits.yaml with global, models, users, projects and so on. Relative to this file."
            ),
            new ListSetting<GateDraft, LimitRuleDraft>(
                "rules",
                "The limits. One over all calls may be written as text, such as daily_tokens=150000.",
                Rule,
                LimitRules.Add
            )
            {
                Shorthand = static (rule, text) => rule.Limit = text,
            },
        ])
    )
    {
        ListFor = "rules",
    };

    private static ValueSetting<LimitRuleDraft, string> Word(
        string name,
        Func<LimitRuleDraft, string?> get,
        Action<LimitRuleDraft, string> set,
        string description
    ) => new(name, Text, get, set, description);

    private static string? AddTerm(LimitRuleDraft rule, string dimension, string value)
    {
        try
        {
            rule.Scope.Add(LimitScopeText.Term(dimension, value));
            return null;
        }
        catch (FormatException fault)
        {
            return fault.Message;
        }
    }

    private static bool ReadAny(string text, string folder, out string value) => (value = text.Trim()).Length > 0;

    private static bool TryReadWindow(string text, out LimitWindow value)
    {
        value = TotalWindow.Instance;
        try
        {
            value = WindowText.Parse(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
