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
    /// <summary>A window in one word, in the syntax of LiteLLM's budget durations.</summary>
    public static readonly SettingType<LimitWindow> Window = new(
        "window",
        "a time such as 30d, 24h, 1mo or day",
        static (text, _, out value) => TryReadWindow(text, out value),
        static window => window.Text
    );

    private static readonly SettingType<string> Amount = new(
        "amount",
        "an amount such as 150000 or 12.50, or none",
        ReadText,
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
        TextSetting(
            "limit",
            static rule => rule.Limit,
            static (rule, text) => rule.Limit = text,
            "The whole limit as one text, such as daily_tokens=150000, instead of metric, window and amount."
        ),
        TextSetting(
            "metric",
            static rule => rule.Metric,
            static (rule, text) => rule.Metric = text,
            "The counted quantity: "
                + "requests, tokens, input_tokens, output_tokens, cost, concurrent_requests or cost_per_request."
        ),
        new ValueSetting<LimitRuleDraft, string>(
            "amount",
            Amount,
            static rule => rule.Amount,
            static (rule, text) => rule.Amount = text,
            "The maximum allowed, inclusive; in US dollars for cost. 0 rejects all calls; none lifts only this limit."
        ),
        TextSetting(
            "window",
            static rule => rule.Window,
            static (rule, text) => rule.Window = text,
            "When it resets: second, minute, hour, day, week, month, quarter, year or total; 7 minutes; rolling 1 "
                + "hour; bucket minute."
        ),
        new TextMapSetting<LimitRuleDraft>(
            "scope",
            AddTerm,
            "The calls it applies to, such as {model: gpt-4o, user: \"*\"}: key, user, team, organization, project, "
                + "application, model, provider, tag. * counts each value separately. Default: all calls together."
        ),
        new ValueSetting<LimitRuleDraft, LimitMode?>(
            "mode",
            Choice<LimitMode?>(("hard", LimitMode.Hard), ("soft", LimitMode.Soft), ("shadow", LimitMode.Shadow)),
            static rule => rule.Mode,
            static (rule, mode) => rule.Mode = mode,
            "hard rejects calls (default); soft lets them pass, marks them and warns; shadow only counts."
        ),
        new TextListSetting<LimitRuleDraft>(
            "alert_at",
            Percent,
            static rule => rule.AlertAt,
            static (rule, parts) => rule.AlertAt = parts,
            "The percentages of the amount at which an alert is sent."
        ),
        TextSetting(
            "timezone",
            static rule => rule.TimeZone,
            static (rule, text) => rule.TimeZone = text,
            "The time zone of the window, such as Europe/Berlin; default: UTC."
        ),
        TextSetting(
            "anchor",
            static rule => rule.Anchor,
            static (rule, text) => rule.Anchor = text,
            "The local time at which a window starts, such as 2026-01-15; default: the natural one."
        ),
        new ValueSetting<LimitRuleDraft, string>(
            "burst",
            Amount,
            static rule => rule.Burst,
            static (rule, text) => rule.Burst = text,
            "The maximum that a bucket holds; default: its amount."
        ),
        new SectionSetting<LimitRuleDraft>(
            "increase",
            "A temporarily higher amount.",
            new([
                new ValueSetting<LimitRuleDraft, string>(
                    "amount",
                    Amount,
                    static rule => rule.IncreaseAmount,
                    static (rule, text) => rule.IncreaseAmount = text,
                    "The increased amount."
                ),
                TextSetting(
                    "until",
                    static rule => rule.IncreaseUntil,
                    static (rule, text) => rule.IncreaseUntil = text,
                    "When the increase ends (ISO 8601; UTC unless a zone is given)."
                ),
            ])
        )
        {
            FormerName = "raise",
        },
    ]);

    public static readonly SectionSetting<ConfigurationDraft> Section = new(
        "limits",
        "Limits on requests, tokens and spend. A list in its place is the list of rules. See docs/limits.md.",
        new([
            new ValueSetting<ConfigurationDraft, UnpricedPolicy>(
                "unpriced",
                Choice(
                    ("allow", UnpricedPolicy.Allow),
                    ("block", UnpricedPolicy.Block),
                    ("ceiling", UnpricedPolicy.Ceiling)
                ),
                static draft => draft.Settings.Admission.Unpriced,
                static (draft, policy) =>
                    draft.Settings = draft.Settings with
                    {
                        Admission = draft.Settings.Admission with { Unpriced = policy },
                    },
                "How to treat a call without a known price under a hard cost limit: allow it at no cost to the limit, "
                    + "block it, or charge the ceiling."
            ),
            new ValueSetting<ConfigurationDraft, decimal>(
                "unpriced_ceiling",
                Money,
                static draft => draft.Settings.Admission.UnpricedCeiling,
                static (draft, usd) =>
                    draft.Settings = draft.Settings with
                    {
                        Admission = draft.Settings.Admission with { UnpricedCeiling = usd },
                    },
                "The amount charged for such a call, in USD."
            ),
            new ValueSetting<ConfigurationDraft, long>(
                "max_values",
                Integer(1, 10_000_000),
                static draft => draft.Settings.Admission.MaxValues,
                static (draft, max) =>
                    draft.Settings = draft.Settings with
                    {
                        Admission = draft.Settings.Admission with { MaxValues = (int)max },
                    },
                "The maximum number of values that a limit counting each separately (user: \"*\") tracks at once in "
                    + "one gateway, if clients may send any. A hard limit rejects further new values; other limits "
                    + "count them together."
            )
            {
                FormerName = "most_values",
            },
            new ValueSetting<ConfigurationDraft, string>(
                "file",
                SettingTypes.Path,
                static draft => draft.LimitsFile,
                static (draft, file) => draft.LimitsFile = file,
                "A limits.yaml with global, models, users, projects and so on. Relative to this file."
            ),
            new ListSetting<ConfigurationDraft, LimitRuleDraft>(
                "rules",
                "The limits. A limit over all calls may be written as text, such as daily_tokens=150000.",
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

    private static ValueSetting<LimitRuleDraft, string> TextSetting(
        string name,
        Func<LimitRuleDraft, string?> get,
        Action<LimitRuleDraft, string> set,
        string description
    ) => new(name, Text, get, set, description);

    private static string? AddTerm(LimitRuleDraft rule, string dimension, string value)
    {
        try
        {
            rule.Scope.Add(LimitScopeText.ParseTerm(dimension, value));
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    private static bool ReadText(string text, string folder, out string value) => (value = text.Trim()).Length > 0;

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
