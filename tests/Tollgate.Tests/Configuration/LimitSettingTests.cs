using Tollgate.Accounting.Limits.Admission;
using Tollgate.Configuration;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Tests.Configuration;

public sealed class LimitSettingTests : ConfigFolder
{
    [Fact]
    public void Every_part_of_a_rule_is_applied()
    {
        var configuration = Load(
            """
            limits:
              unpriced: ceiling
              unpriced_ceiling: 2.5
              rules:
                - daily_tokens=150000
                - metric: cost
                  amount: 12.50
                  window: 2 weeks
                  scope: {model: gpt-4o, user: "*"}
                  mode: soft
                  alert_at: [80, 50]
                  timezone: Europe/Berlin
                  anchor: 2026-01-07
                  increase: {amount: 20, until: 2026-12-01}
                - {metric: requests, amount: 60, window: bucket minute, burst: 120, scope: {caller: web}}
                - {metric: concurrent_requests, amount: 5}
                - {limit: hourly_requests=none, scope: {key: k1}}
            """
        );

        Errors(configuration).ShouldBeEmpty();
        configuration.Settings.Admission.ShouldBe(
            new AdmissionOptions { Unpriced = UnpricedPolicy.Ceiling, UnpricedCeiling = 2.5m }
        );
        var limits = Limits(configuration);
        limits
            .Select(limit => limit.Id)
            .ShouldBe([
                "tokens_per_day",
                "cost_per_2_weeks:user=*,model=gpt-4o",
                "requests_per_bucket_minute:application=web",
                "concurrent_requests",
                "requests_per_hour:key=k1",
            ]);
        var cost = limits[1];
        (cost.Amount, cost.Mode, cost.Name, cost.TemporaryIncrease).ShouldBe(
            (
                LimitAmount.FromUsd(12.5m),
                LimitMode.Soft,
                "cost_per_2_weeks",
                new TemporaryIncrease(LimitAmount.FromUsd(20), new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero))
            )
        );
        cost.AlertThresholds.ShouldBe([50, 80]);
        cost.Window.ShouldBe(
            new CalendarWindow(
                CalendarUnit.Week,
                2,
                TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"),
                new DateTime(2026, 1, 7)
            )
        );
        limits[2].Window.ShouldBe(new BucketWindow(TimeSpan.FromMinutes(1), 120));
        limits[4].Amount.ShouldBeNull();
    }

    [Fact]
    public void A_list_may_stand_in_the_place_of_the_section() =>
        Limits(Load("limits: [daily_tokens=1, {metric: tokens, window: total, amount: 0}]"))
            .Select(limit => (limit.Id, limit.Amount))
            .ShouldBe([("tokens_per_day", (Int128)1), ("total_tokens", 0)]);

    [Theory]
    [InlineData(
        "{metric: requests, window: century, amount: -5}",
        "limits.rules[0].window",
        "'century' is not a valid window"
    )]
    [InlineData(
        "{metric: requests, window: century, amount: -5}",
        "limits.rules[0].amount",
        "The amount -5 is negative"
    )]
    [InlineData("{metric: request, window: day, amount: 5}", "limits.rules[0].metric", "Did you mean 'requests'?")]
    [InlineData("{metric: requests, amount: 5}", "limits.rules[0]", "has no window")]
    [InlineData("{metric: requests, window: day}", "limits.rules[0]", "amount is missing")]
    [InlineData("{metric: concurrent_requests, window: day, amount: 5}", "limits.rules[0].window", "has no window")]
    [InlineData(
        "{metric: requests, window: day, amount: 5, burst: 6}",
        "limits.rules[0].window",
        "only a bucket has a burst"
    )]
    [InlineData(
        "{limit: daily_tokens=5, amount: 6}",
        "limits.rules[0].limit",
        "already contains metric, window and amount"
    )]
    [InlineData("{limit: daily_tokens=5, scope: {usr: ann}}", "limits.rules[0].scope.usr", "Did you mean 'user'?")]
    [InlineData(
        "{limit: daily_tokens=5, mode: weak}",
        "limits.rules[0].mode",
        "'weak' is not one of hard, soft, shadow"
    )]
    [InlineData(
        "{limit: daily_tokens=5, timezone: Mars/Olympus}",
        "limits.rules[0].timezone",
        "'Mars/Olympus' is not a known time zone"
    )]
    [InlineData("{limit: daily_tokens=5, anchor: soon}", "limits.rules[0].anchor", "'soon' is not a valid local time")]
    [InlineData(
        "{limit: daily_tokens=5, increase: {amount: 6}}",
        "limits.rules[0].increase",
        "needs an amount and an end time"
    )]
    [InlineData("{limit: daily_tokens=5, alert_at: [0]}", "limits.rules[0].alert_at[0]", "percent from 1 to 1000")]
    [InlineData("{limit: daily_tokens=5, window_: day}", "limits.rules[0].window_", "Did you mean 'window'?")]
    [InlineData("daily_tokns=5", "limits.rules[0].limit", "Did you mean 'daily_tokens'?")]
    [InlineData("daily_tokens=5, daily_tokens=6", "limits.rules[1]", "is defined twice")]
    [InlineData("'daily_tokens=${UNSET_ONE}'", "limits.rules[0]", "UNSET_ONE is not set")]
    public void A_rule_that_is_wrong_is_an_error_with_its_path(string rule, string path, string message) =>
        Errors(Load($"limits: {{rules: [{rule}]}}"))
            .ShouldContain(error =>
                error.Contains($": {path}: ", StringComparison.Ordinal)
                && error.Contains(message, StringComparison.Ordinal)
            );

    [Fact]
    public void A_limits_file_is_read_as_it_is_and_belongs_to_the_configuration()
    {
        Write(
            "limits.yaml",
            """
            global: {daily_tokens: 100000}
            models:
              gpt-4: {hourly_requests: 50, daily_tokens: 50000}
              claude-2: {concurrent_requests: 5}
            users: {john_doe: {daily_requests: 200}, "*": {daily_cost: none}}
            """
        );
        Limits(Load("limits: {file: limits.yaml}"))
            .Select(limit => (limit.Id, limit.Amount))
            .ShouldBe([
                ("tokens_per_day", (Int128)100_000),
                ("requests_per_hour:model=gpt-4", 50),
                ("tokens_per_day:model=gpt-4", 50_000),
                ("concurrent_requests:model=claude-2", 5),
                ("requests_per_day:user=john_doe", 200),
                ("cost_per_day:user=*", null),
            ]);
    }

    [Theory]
    [InlineData(
        "globl: {}",
        "limits.yaml:1:1: error: globl: 'globl' is not a section of limits. Did you mean 'global'?"
    )]
    [InlineData("global: {daily_tokns: 1}", "global.daily_tokns: 'daily_tokns' is not a valid limit")]
    [InlineData("global: {daily_tokens: -1}", "global.daily_tokens: The amount -1 is negative")]
    [InlineData("global: [1]", "global: Expected a mapping, found a list")]
    [InlineData(
        "users: {ann: {daily_tokens: 1, tokens_per_day: 2}}",
        "users.ann.tokens_per_day: The limit 'tokens_per_day:user=ann' is defined twice"
    )]
    public void A_limits_file_that_is_wrong_is_an_error_with_its_place(string text, string message)
    {
        Write("limits.yaml", text);
        Errors(Load("limits: {file: limits.yaml}")).ShouldHaveSingleItem().ShouldContain(message);
    }

    [Theory]
    [InlineData(null, LimitMode.Soft)]
    [InlineData("hard", LimitMode.Hard)]
    public void Variables_set_limits_and_those_on_cost_warn_unless_they_are_made_hard(string? costs, LimitMode mode)
    {
        Write(
            ".env",
            """
            MAX_REQUESTS_PER_MINUTE=60
            MAX_TOKENS_PER_MINUTE=90000
            MAX_COST_PER_REQUEST=0.50
            DAILY_SPENDING_LIMIT=10.00
            ENABLE_COST_TRACKING=true
            """
        );
        if (costs is not null)
            Environment["COST_LIMITS"] = costs;

        var limits = Limits(Load(), "environment");

        limits
            .Select(limit => (limit.Name, limit.Window.Text, limit.Amount, limit.Mode))
            .ShouldBe([
                ("requests_per_minute", "bucket minute", (Int128)60, LimitMode.Hard),
                ("tokens_per_minute", "bucket minute", 90_000, LimitMode.Hard),
                ("cost_per_request", "at once", LimitAmount.FromUsd(0.5m), mode),
                ("cost_per_day", "day", LimitAmount.FromUsd(10), mode),
            ]);
    }

    [Theory]
    [InlineData("MAX_REQUESTS_PER_MINUTE", "many", "'many' is not a valid amount")]
    [InlineData("DAILY_SPENDING_LIMIT", "-1", "negative")]
    [InlineData("COST_LIMITS", "firm", "must be soft or hard")]
    public void A_variable_that_is_not_a_limit_is_an_error(string variable, string value, string message)
    {
        Environment[variable] = value;
        Errors(Load()).ShouldHaveSingleItem().ShouldContain(message);
    }

    [Fact]
    public void Without_cost_tracking_the_variables_on_cost_have_no_effect_and_a_warning_is_logged()
    {
        Write(".env", "MAX_REQUESTS_PER_MINUTE=60\nDAILY_SPENDING_LIMIT=10.00\nENABLE_COST_TRACKING=false");
        var configuration = Load();
        Limits(configuration, "environment").ShouldHaveSingleItem().Name.ShouldBe("requests_per_minute");
        Warnings(configuration)
            .ShouldContain(warning =>
                warning.Contains("DAILY_SPENDING_LIMIT is not enforced", StringComparison.Ordinal)
            );
    }

    [Fact]
    public void A_variable_that_only_warns_does_not_soften_the_files_hard_limit()
    {
        Environment["DAILY_SPENDING_LIMIT"] = "5";
        var configuration = Load("budget: {daily: 10}");
        Limits(configuration).Select(limit => (limit.Id, limit.Mode)).ShouldBe([("cost_per_day", LimitMode.Hard)]);
        Limits(configuration, "environment")
            .Select(limit => (limit.Id, limit.Mode))
            .ShouldBe([("cost_per_day.soft", LimitMode.Soft)]);
        Warnings(configuration).ShouldNotContain(warning => warning.Contains("also set", StringComparison.Ordinal));
    }

    [Fact]
    public void A_hard_variable_goes_before_the_file()
    {
        Environment["DAILY_SPENDING_LIMIT"] = "5";
        Environment["COST_LIMITS"] = "hard";
        var configuration = Load("limits: [daily_cost=10, daily_tokens=1]");
        Limits(configuration).ShouldHaveSingleItem().Id.ShouldBe("tokens_per_day");
        Limits(configuration, "environment").ShouldHaveSingleItem().Amount.ShouldBe(LimitAmount.FromUsd(5));
        Warnings(configuration)
            .ShouldContain(warning => warning.Contains("also set by a variable", StringComparison.Ordinal));
    }

    [Fact]
    public void The_addresses_of_a_budgets_alerts_are_notified_when_that_part_is_spent()
    {
        var configuration = Load("budget: {daily: 10, alerts: [{threshold: 80, email: ops@example.com}]}");

        var rule = configuration.Settings.Alerts.Rules.ShouldHaveSingleItem();
        rule.Threshold.ShouldBe(80);
        rule.To.ShouldHaveSingleItem().Recipient.ShouldBe("ops@example.com");
        rule.Limits.ShouldBe(
            configuration.Settings.Limits.SelectMany(source => source.Limits).Select(limit => limit.Id)
        );
    }

    [Fact]
    public void The_budget_of_a_litellm_file_holds_over_all_calls()
    {
        var limits = Limits(
            Load(
                "{litellm_settings: {max_budget: 10, budget_duration: 30d}, general_settings: "
                    + "{global_max_parallel_requests: 9}}"
            )
        );
        limits
            .Select(limit => (limit.Id, limit.Amount))
            .ShouldBe([("cost_per_30_days", LimitAmount.FromUsd(10)), ("concurrent_requests", (Int128)9)]);
    }

    private static IReadOnlyList<Limit> Limits(LoadedConfiguration configuration, string owner = "tollgate.yaml") =>
        configuration.Settings.Limits.Single(source => Path.GetFileName(source.Owner) == owner).Limits;
}
