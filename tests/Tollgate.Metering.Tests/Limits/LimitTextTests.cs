using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;

namespace Tollgate.Metering.Tests.Limits;

public sealed class LimitTextTests
{
    [Theory]
    [InlineData("daily_tokens=150000", LimitMetric.TotalTokens, "day", "150000", "tokens_per_day")]
    [InlineData("hourly_requests=75", LimitMetric.Requests, "hour", "75", "requests_per_hour")]
    [InlineData("daily_cost=12.50", LimitMetric.Cost, "day", "12.5", "cost_per_day")]
    [InlineData("concurrent_requests=5", LimitMetric.ConcurrentRequests, "at once", "5", "concurrent_requests")]
    [InlineData(
        "monthly_rolling_tokens=9",
        LimitMetric.TotalTokens,
        "rolling 30 days",
        "9",
        "tokens_per_rolling_30_days"
    )]
    [InlineData(
        "rolling_monthly_tokens=9",
        LimitMetric.TotalTokens,
        "rolling 30 days",
        "9",
        "tokens_per_rolling_30_days"
    )]
    [InlineData("weekly_input_tokens=1", LimitMetric.InputTokens, "week", "1", "input_tokens_per_week")]
    [InlineData("daily_total_tokens=1", LimitMetric.TotalTokens, "day", "1", "tokens_per_day")]
    [InlineData("total_tokens=1", LimitMetric.TotalTokens, "total", "1", "total_tokens")]
    [InlineData("total_output_tokens=1", LimitMetric.OutputTokens, "total", "1", "total_output_tokens")]
    [InlineData("total_cost=0.000000000001", LimitMetric.Cost, "total", "0.000000000001", "total_cost")]
    [InlineData("cost_per_request=0.5", LimitMetric.CostPerRequest, "at once", "0.5", "cost_per_request")]
    [InlineData("max_cost_per_request=0.5", LimitMetric.CostPerRequest, "at once", "0.5", "cost_per_request")]
    [InlineData("MAX_REQUESTS_PER_MINUTE=60", LimitMetric.Requests, "minute", "60", "requests_per_minute")]
    [InlineData("tokens_per_7_minutes=3", LimitMetric.TotalTokens, "7 minutes", "3", "tokens_per_7_minutes")]
    [InlineData("requests_per_90_minutes=3", LimitMetric.Requests, "90 minutes", "3", "requests_per_90_minutes")]
    [InlineData("requests_per_48_hours=3", LimitMetric.Requests, "48 hours", "3", "requests_per_48_hours")]
    [InlineData("quarterly_budget=3", LimitMetric.Cost, "quarter", "3", "cost_per_quarter")]
    [InlineData("cost_per_30d=3", LimitMetric.Cost, "30 days", "3", "cost_per_30_days")]
    [InlineData("cost_per_1mo=3", LimitMetric.Cost, "month", "3", "cost_per_month")]
    [InlineData("requests_per_bucket_minute=60", LimitMetric.Requests, "bucket minute", "60", "requests_per_minute")]
    [InlineData("rpm=60", LimitMetric.Requests, "minute", "60", "requests_per_minute")]
    [InlineData("yearly_requests=none", LimitMetric.Requests, "year", "none", "requests_per_year")]
    [InlineData("daily_requests=0", LimitMetric.Requests, "day", "0", "requests_per_day")]
    public void A_limit_in_one_word_is_understood_and_written_back(
        string text,
        LimitMetric metric,
        string window,
        string amount,
        string name
    )
    {
        var read = LimitText.Parse(text);

        (read.Metric, read.Window.Text, LimitText.FormatAmount(read.Metric, read.Amount)).ShouldBe(
            (metric, window, amount)
        );
        LimitName.Format(read.Metric, read.Window).ShouldBe(name);
        LimitText.Parse(LimitText.Format(read)).ShouldBe(read);
    }

    [Theory]
    [InlineData("daily_tokns=1", "'daily_tokns' is not a valid limit", "Did you mean 'daily_tokens'?")]
    [InlineData("requests_per_minit=1", "'minit' is not a valid window", "Did you mean 'minute'?")]
    [InlineData("tokens=1", "'tokens' does not name a window", "daily_tokens")]
    [InlineData("requests_per_century=-5", "'century' is not a valid window", "quarter, year or total")]
    [InlineData("daily_requests=-5", "The amount -5 is negative", "Use 0 to deny")]
    [InlineData("daily_requests=1.5", "'1.5' is not a whole number", "")]
    [InlineData("daily_requests=", "'' is not a valid amount", "150000")]
    [InlineData("daily_requests", "'daily_requests' is not a valid limit", "NAME=AMOUNT")]
    [InlineData("requests_per_0_minutes=1", "'0' is not a whole number between 1 and 100000", "")]
    [InlineData("requests_per_99999999999_minutes=1", "'99999999999' is not a whole number", "")]
    [InlineData("rolling_bucket_hour_requests=1", "not both", "")]
    [InlineData("requests_per_rolling_20_years=1", "longer than 3660 days", "")]
    [InlineData("daily_cost=99999999999999", "exceeds the maximum of a limit", "")]
    [InlineData("=5", "is not a valid limit", "")]
    public void An_invalid_limit_is_reported_with_its_value_and_the_valid_ones(string text, string found, string known)
    {
        var message = Should.Throw<FormatException>(() => LimitText.Parse(text)).Message;

        message.ShouldContain(found);
        message.ShouldContain(known);
    }

    [Fact]
    public void An_identity_names_the_limit_and_does_not_depend_on_amount_zone_or_order()
    {
        var one = LimitScope.Create(
            LimitScopeText.ParseTerm("user", "*"),
            LimitScopeText.ParseTerm("model", "anthropic/claude 4,x")
        );
        var other = LimitScope.Create(
            LimitScopeText.ParseTerm("model", "anthropic/claude 4,x"),
            LimitScopeText.ParseTerm("user", "*")
        );
        var berlin = WindowText.Parse("day", new WindowOptions(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")));

        LimitName
            .FormatId(LimitMetric.TotalTokens, WindowText.Parse("day"), one)
            .ShouldBe("tokens_per_day:user=*,model=anthropic/claude%204%2Cx");
        LimitName
            .FormatId(LimitMetric.TotalTokens, berlin, other)
            .ShouldBe(LimitName.FormatId(LimitMetric.TotalTokens, WindowText.Parse("day"), one));
        LimitName
            .FormatId(LimitMetric.Requests, WindowText.Parse("bucket minute"), LimitScope.Global)
            .ShouldBe("requests_per_bucket_minute");
        LimitName
            .FormatId(LimitMetric.Cost, WindowText.Parse("total"), LimitScope.Global, "soft")
            .ShouldBe("total_cost.soft");
    }

    [Fact]
    public void Long_scopes_that_differ_at_the_end_have_identities_that_fit_and_differ()
    {
        string Id(string end) =>
            LimitName.FormatId(
                LimitMetric.Requests,
                WindowText.Parse("day"),
                LimitScope.Create(LimitScopeText.ParseTerm("user", new string('x', 300) + end))
            );

        Id("a").Length.ShouldBeLessThanOrEqualTo(200);
        Id("a").ShouldNotBe(Id("b"));
    }

    [Theory]
    [InlineData("usr", "ann", "Did you mean 'user'?")]
    [InlineData("user", " ", "blank")]
    public void An_impossible_scope_is_reported(string dimension, string value, string message) =>
        Should.Throw<FormatException>(() => LimitScopeText.ParseTerm(dimension, value)).Message.ShouldContain(message);

    [Fact]
    [Trait("Needs", "Time")]
    public void Any_text_is_read_or_refused_and_nothing_else()
    {
        var random = new Random(7);
        const string letters = "dailytokensrquxp_ =0123456789.-*";
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Concat(
                Enumerable.Range(0, random.Next(30)).Select(_ => letters[random.Next(letters.Length)])
            );
            try
            {
                LimitText.Parse(random.Next(2) == 0 ? text : $"daily_{text}=5");
            }
            catch (FormatException exception)
            {
                exception.Message.ShouldNotBeEmpty();
            }
        }
    }
}
