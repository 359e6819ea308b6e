using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Xml;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Cli.Anomalies;
using Tollgate.Cli.Forecasts;
using Tollgate.Cli.ImportExport;
using Tollgate.Cli.Limits;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Testing;

namespace Tollgate.Tests.Cli;

/// <summary>Forecasts and anomalies from a ledger of a hundred days, and from a file.</summary>
public sealed class ForecastCommandTests : IDisposable
{
    private static readonly DateOnly Today = new(2026, 11, 18);
    private static readonly decimal[] Week = [1.1m, 1.2m, 1.15m, 1.1m, 1, 0.35m, 0.3m];

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(Today, new TimeOnly(12, 0), TimeSpan.Zero));
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Forecasts_the_days_from_today_on_and_reports_its_accuracy()
    {
        Fill();

        Run(ForecastCommand.Create(_time), "--days", "7").ShouldBe(0, _error.ToString());

        var lines = Lines();
        lines[0].ShouldBe("Forecast of daily cost in USD, 2026-11-18 to 2026-11-24");
        lines.Count(static line => line.StartsWith("| 2026-11-", StringComparison.Ordinal)).ShouldBe(7);
        lines.ShouldContain(static line =>
            line.StartsWith("From 99 days, 2026-08-11 to 2026-11-17. Method: ", StringComparison.Ordinal)
        );
        lines.ShouldContain(static line =>
            line.StartsWith("More accurate than a naive forecast", StringComparison.Ordinal)
            || line.StartsWith("Not more accurate than a naive forecast", StringComparison.Ordinal)
        );
        lines.ShouldContain("Intervals are designed to cover 80 % of cases.");
    }

    [Fact]
    public void Json_has_a_forecast_for_each_group_or_states_that_there_is_too_little_data()
    {
        Fill();

        Run(ForecastCommand.Create(_time), "--by", "user", "--days", "3", "--format", "json")
            .ShouldBe(0, _error.ToString());

        var groups = Json().GetProperty("groups").EnumerateArray().ToArray();
        groups.Select(static group => group.GetProperty("name").GetString()).ShouldBe(["ann", "bob", "new"]);
        // A workday of ann's is about 20 dollars.
        var wednesday = groups[0].GetProperty("days")[0];
        (
            wednesday.GetProperty("day").GetString(),
            wednesday.GetProperty("amount").GetDecimal()
        ).ShouldSatisfyAllConditions(
            static pair => pair.Item1.ShouldBe("2026-11-18"),
            static pair => pair.Item2.ShouldBeInRange(18, 28)
        );
        groups[0].GetProperty("accuracy").GetProperty("origins").GetInt32().ShouldBe(28);
        groups[2].GetProperty("problem").GetString()!.ShouldContain("Not enough data");
        groups[2].GetProperty("days").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public void Tells_when_each_budget_runs_out()
    {
        Run(
                LimitsCommand.Create(_time),
                "set",
                "--global",
                "monthly_cost=1000",
                "yearly_cost=100000",
                "daily_tokens=5",
                "hourly_cost=1000",
                "--user",
                "*",
                "monthly_cost=900"
            )
            .ShouldBe(0, _error.ToString());
        Fill();
        // Imported use is booked and counts against no limit; this does.
        Run(
                TrackCommand.Create(_time),
                "--model",
                "gpt-4o",
                "--prompt-tokens",
                "5",
                "--username",
                "ann",
                "--cost",
                "950"
            )
            .ShouldBe(ExitCodes.LimitExceeded);
        _output.GetStringBuilder().Clear();

        Run(ForecastCommand.Create(_time), "--format", "json").ShouldBe(0, _error.ToString());

        var budgets = Json()
            .GetProperty("budgets")
            .EnumerateArray()
            .ToDictionary(static budget => budget.GetProperty("limit").GetString()!);
        budgets.Keys.ShouldBe(
            ["cost_per_month", "cost_per_year", "cost_per_hour", "cost_per_month:user=*"],
            ignoreOrder: true
        );
        // 50 dollars are left of the month, and workdays cost about 33. Today used more than it was to, so the second
        // day after it.
        var month = budgets["cost_per_month"];
        (Text(month, "outlook.expected"), Text(month, "window_ends")).ShouldBe(("2026-11-20", "2026-11-30"));
        string.CompareOrdinal(Text(month, "outlook.earliest"), Text(month, "outlook.expected"))
            .ShouldBeLessThanOrEqualTo(0);
        Text(month, "explanation").ShouldStartWith("It runs out on 2026-11-20, at the earliest on ");
        Text(budgets["cost_per_year"], "explanation").ShouldBe("It will not run out in this window.");
        // The hours of 9 and 10 o'clock have what ann and bob used, at most some thirty dollars.
        Text(budgets["cost_per_hour"], "explanation")
            .ShouldStartWith("Its windows reached it on 0 of the last 28 days");
        (
            Text(budgets["cost_per_month:user=*"], "target"),
            Text(budgets["cost_per_month:user=*"], "explanation")
        ).ShouldBe(("ann", "It is spent."));
    }

    [Fact]
    public async Task Budgets_of_teams_and_organizations_are_forecast_from_the_calls_of_their_keys()
    {
        Run(
                LimitsCommand.Create(_time),
                "set",
                "--team",
                "search",
                "monthly_cost=500",
                "--organization",
                "acme",
                "weekly_cost=5000",
                "--team",
                "*",
                "yearly_cost=1"
            )
            .ShouldBe(0, _error.ToString());
        var options = new LedgerOptions { DataFolder = _folder.File("data"), TimeProvider = _time };
        var keys = await VirtualKeys.OpenAsync(options, TestContext.Current.CancellationToken);
        var search = await keys.CreateAsync(
            new NewVirtualKey
            {
                Name = "a",
                Team = "search",
                Organization = "acme",
            }
        );
        var sales = await keys.CreateAsync(
            new NewVirtualKey
            {
                Name = "b",
                Team = "sales",
                Organization = "acme",
            }
        );
        await keys.RevokeAsync(search.Key.Id);
        await using (var ledger = await UsageLedger.OpenAsync(options, TestContext.Current.CancellationToken))
        {
            for (var day = 0; day < 60; day++)
            {
                await ledger.AppendAsync(Call(search.Key.Id, day - 60, 20));
                await ledger.AppendAsync(Call(sales.Key.Id, day - 60, 100));
                await ledger.AppendAsync(Call(null, day - 60, 1000));
            }
        }

        _output.GetStringBuilder().Clear();

        Run(ForecastCommand.Create(_time), "--format", "json").ShouldBe(0, _error.ToString());

        var budgets = Json()
            .GetProperty("budgets")
            .EnumerateArray()
            .ToDictionary(static budget => budget.GetProperty("limit").GetString()!);
        // Nothing was counted against either yet. Twenty dollars a day reach 500 on the 25th day, beyond the month; the
        // keys of acme together 120.
        budgets.Keys.ShouldBe(
            ["cost_per_month:team=search", "cost_per_week:organization=acme", "cost_per_year:team=*"],
            ignoreOrder: true
        );
        Text(budgets["cost_per_year:team=*"], "explanation")
            .ShouldBe("Not forecast: it counts each value separately, and has no usage yet.");
        Text(budgets["cost_per_month:team=search"], "explanation").ShouldBe("It will not run out in this window.");
        // A total counts the sixty days before it was set, too: 1200 and 7200 dollars.
        Run(
                LimitsCommand.Create(_time),
                "set",
                "--team",
                "search",
                "total_cost=1700",
                "--organization",
                "acme",
                "total_cost=7800"
            )
            .ShouldBe(0, _error.ToString());
        _output.GetStringBuilder().Clear();
        Run(ForecastCommand.Create(_time), "--format", "json").ShouldBe(0, _error.ToString());
        budgets = Json()
            .GetProperty("budgets")
            .EnumerateArray()
            .ToDictionary(static budget => budget.GetProperty("limit").GetString()!);
        Text(budgets["total_cost:team=search"], "outlook.expected").ShouldBe("2026-12-12");
        Text(budgets["total_cost:organization=acme"], "outlook.expected").ShouldBe("2026-11-22");
    }

    [Fact]
    public void A_budget_that_cannot_be_forecast_is_listed_with_the_reason()
    {
        Run(
                LimitsCommand.Create(_time),
                "set",
                "--global",
                "minutely_cost=10",
                "daily_cost=20",
                "--tag",
                "*",
                "monthly_cost=30",
                "--user",
                "eve",
                "daily_cost=0"
            )
            .ShouldBe(0, _error.ToString());
        Fill();

        Run(ForecastCommand.Create(_time), "--format", "json").ShouldBe(0, _error.ToString());

        var budgets = Json()
            .GetProperty("budgets")
            .EnumerateArray()
            .ToDictionary(
                static budget => budget.GetProperty("limit").GetString()!,
                static budget => Text(budget, "explanation")
            );
        budgets["cost_per_minute"]
            .ShouldBe(
                "Not forecast: its window does not consist of whole quarter hours, the resolution of the ledger's "
                    + "rollups."
            );
        budgets["cost_per_month:tag=*"]
            .ShouldBe("Not forecast: it counts each value separately, and has no usage yet.");
        budgets["cost_per_day:user=eve"].ShouldBe("It rejects every call: its amount is 0.");
        // A workday costs about 33 dollars.
        budgets["cost_per_day"].ShouldStartWith("It runs out on 2026-11-18, at the earliest on 2026-11-18");
    }

    [Fact]
    public async Task A_budget_by_tag_is_forecast_from_the_calls_that_have_the_tag()
    {
        Run(
                LimitsCommand.Create(_time),
                "set",
                "--tag",
                "batch",
                "total_cost=1300",
                "--tag",
                "other",
                "total_cost=1300"
            )
            .ShouldBe(0, _error.ToString());
        await using (
            var ledger = await UsageLedger.OpenAsync(
                new LedgerOptions { DataFolder = _folder.File("data"), TimeProvider = _time },
                TestContext.Current.CancellationToken
            )
        )
        {
            for (var day = -60; day < 0; day++)
            {
                await ledger.AppendAsync(
                    Call(null, day, 20) with
                    {
                        Attribution = new Attribution { Tags = "night, batch" },
                    }
                );
                await ledger.AppendAsync(
                    Call(null, day, 500) with
                    {
                        Attribution = new Attribution { Tags = "batches" },
                    }
                );
            }
        }

        _output.GetStringBuilder().Clear();

        Run(ForecastCommand.Create(_time), "--format", "json").ShouldBe(0, _error.ToString());

        var budgets = Json()
            .GetProperty("budgets")
            .EnumerateArray()
            .ToDictionary(static budget => budget.GetProperty("limit").GetString()!);
        // Nothing was counted against it yet: twenty dollars a day reach 1300 on the 65th day, beyond the thirty.
        Text(budgets["total_cost:tag=batch"], "explanation").ShouldBe("It will not run out by 2026-12-17.");
        Text(budgets["total_cost:tag=other"], "explanation").ShouldContain("Not enough data");
        Run(LimitsCommand.Create(_time), "set", "--tag", "batch", "total_cost=100").ShouldBe(0, _error.ToString());
        _output.GetStringBuilder().Clear();
        Run(ForecastCommand.Create(_time), "--format", "json").ShouldBe(0, _error.ToString());
        Text(
                Json()
                    .GetProperty("budgets")
                    .EnumerateArray()
                    .Single(static budget => Text(budget, "limit") == "total_cost:tag=batch"),
                "outlook.expected"
            )
            .ShouldBe("2026-11-22");
    }

    [Theory]
    // Ten days of 28 have 12 dollars between 9 and 10, in two calls that are 40 minutes apart; the others have 4.
    [InlineData("hour", "5", 10, 0.3571)]
    [InlineData("hour", "13", 0, 0)]
    [InlineData("rolling 30 minutes", "9", 0, 0)]
    [InlineData("rolling 2 hours", "12", 10, 0.3571)]
    [InlineData("bucket day", "11", 10, 0.3571)]
    [InlineData("bucket hour", "12", 0, 0)]
    [InlineData("bucket hour", "2", 28, 1)]
    public async Task A_budget_of_less_than_a_day_has_the_probability_of_the_last_days(
        string window,
        string amount,
        int days,
        double probability
    )
    {
        Run(LimitsCommand.Create(_time), "set", "--global", $"cost_per_{window.Replace(' ', '_')}={amount}")
            .ShouldBe(0, _error.ToString());
        await using (
            var ledger = await UsageLedger.OpenAsync(
                new LedgerOptions { DataFolder = _folder.File("data"), TimeProvider = _time },
                TestContext.Current.CancellationToken
            )
        )
        {
            for (var day = -40; day < 0; day++)
            {
                var call = Call(null, day, day >= -10 ? 6 : 2);
                await ledger.AppendAsync(call);
                await ledger.AppendAsync(
                    call with
                    {
                        Id = new CallId(Guid.CreateVersion7(), 1),
                        StartedAt = call.StartedAt.AddMinutes(40),
                    }
                );
            }
        }

        _output.GetStringBuilder().Clear();

        Run(ForecastCommand.Create(_time), "--format", "json").ShouldBe(0, _error.ToString());

        var budget = Json().GetProperty("budgets").EnumerateArray().Single();
        Text(budget, "explanation").ShouldContain($" on {days} of the last 28 days, with at most ");
        budget.GetProperty("peaks").GetProperty("probability").GetDouble().ShouldBe(probability, 0.0001);
        budget
            .GetProperty("peaks")
            .GetProperty("range")
            .GetProperty("low")
            .GetDouble()
            .ShouldBeLessThanOrEqualTo(probability);
        budget
            .GetProperty("peaks")
            .GetProperty("range")
            .GetProperty("high")
            .GetDouble()
            .ShouldBeGreaterThanOrEqualTo(probability);
        budget.GetProperty("outlook").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void Reads_a_file_instead_and_draws_it()
    {
        var file = Write(
            "days.csv",
            "date,<spend>",
            Enumerable.Range(0, 60).Select(static day => $"{Iso(Today.AddDays(day - 60))},{Week[day % 7]}")
        );
        var plot = _folder.File("f.svg");

        Run(
                ForecastCommand.Create(_time),
                "--csv",
                file,
                "--column",
                "<spend>",
                "--days",
                "5",
                "--format",
                "csv",
                "--plot",
                plot
            )
            .ShouldBe(0, _error.ToString());

        Lines()[0].ShouldBe("day,amount,low,high,running,running_low,running_high");
        var amount = $"{Week[4]:0.######}";
        Lines()[1].ShouldBe($"2026-11-18,{string.Join(',', Enumerable.Repeat(amount, 6))}");
        var svg = new XmlDocument();
        svg.Load(plot);
        svg.InnerText.ShouldContain("Forecast of <spend> a day in days.csv");
    }

    [Theory]
    [InlineData("date,amount\n2026-11-01,1\n2026-13-01,2", "line 3: '2026-13-01' is not a valid day")]
    [InlineData("date,amount\n2026-11-01,x", "line 2: 'x' is not a valid amount")]
    [InlineData("date,amount\n2026-11-01", "line 2: 1 fields instead of 2")]
    [InlineData("date,in,out\n2026-11-01,1,2", "has no column 'amount', but date, in, out")]
    [InlineData("", "is empty")]
    [InlineData("date,amount\n2026-11-01,NaN", "line 2: 'NaN' is not a valid amount")]
    [InlineData("date,amount\n2026-11-01,-5", "Not enough data: 0 days since the first use")]
    [InlineData("date,amount\n2026-11-01,1", "Not enough data: 1 day since the first use")]
    public void The_error_of_a_file_is_named(string text, string says)
    {
        var file = _folder.File("wrong.csv");
        File.WriteAllText(file, text);

        Run(ForecastCommand.Create(_time), "--csv", file).ShouldBe(1);
        _error.ToString().ShouldContain(says);
    }

    [Fact]
    public void Anomalies_are_days_of_all_and_of_keys_with_what_was_expected()
    {
        Fill(spike: 80);

        Run(AnomaliesCommand.Create(_time), "--by", "user", "--format", "json").ShouldBe(0, _error.ToString());

        var found = Json().GetProperty("days").EnumerateArray().ToArray();
        found
            .Select(static one => (Text(one, "day"), Text(one, "group")))
            .ShouldBe([("2026-10-30", "bob"), ("2026-10-30", "total")]);
        Text(found[0], "explanation").ShouldContain("User bob used 140.00 USD, ");
        Text(found[0], "explanation").ShouldContain(" that such a Friday has.");
        _error.ToString().ShouldContain("Skipped (fewer than 14 days of data): new.");
    }

    [Fact]
    public void An_unfinished_day_does_not_count_as_a_drop()
    {
        Fill();

        Run(AnomaliesCommand.Create(_time), "--by", "user").ShouldBe(0, _error.ToString());

        Lines()[0].ShouldBe("No unusual days.");
    }

    [Fact]
    public void A_ledger_without_usage_has_no_forecast_and_reports_it()
    {
        Run(LimitsCommand.Create(_time), "set", "--global", "daily_cost=5").ShouldBe(0, _error.ToString());

        Run(ForecastCommand.Create(_time)).ShouldBe(1);
        _error.ToString().ShouldContain("There is no forecast. The ledger has no usage in these days.");
        Run(AnomaliesCommand.Create(_time)).ShouldBe(0);
        _error.ToString().ShouldContain("Skipped (fewer than 14 days of data): total.");
    }

    [Theory]
    [InlineData("--days", "0", "--days '0' is not a whole number from 1 to 366.")]
    [InlineData("--from", "yesterday", "'yesterday' is not a day.")]
    [InlineData("--timezone", "Mars/Base", "'Mars/Base' is not a valid time zone.")]
    [InlineData("--column", "x", "requires --csv")]
    [InlineData("--level", "99", "--level '99' is not a whole number from 50 to 95.")]
    public void Wrong_use_is_named(string option, string value, string says)
    {
        Run(ForecastCommand.Create(_time), option, value).ShouldBe(2);
        _error.ToString().ShouldContain(says);
    }

    /// <summary>Two users over 99 whole days, one since last week; today nothing yet.</summary>
    private void Fill(int spike = -1)
    {
        var rows = new List<string>();
        for (var day = 0; day < 99; day++)
        {
            var date = Today.AddDays(day - 99);
            // A little up and down that is the same on every machine.
            var amount = Week[((int)date.DayOfWeek + 6) % 7] * (1 + (day * 37 % 11 * 0.02m));
            rows.Add($"{Iso(date)}T09:00:00Z,gpt-4o,10,{amount * 20},ann");
            rows.Add($"{Iso(date)}T10:00:00Z,gpt-4o,10,{(day == spike ? 140 : amount * 9)},bob");
            if (day >= 92)
                rows.Add($"{Iso(date)}T11:00:00Z,gpt-4o,10,{amount / 10},new");
        }

        Run(ImportCommand.Create(_time), Write("usage.csv", "datetime,model,prompt_tokens,cost,username", rows))
            .ShouldBe(0, _error.ToString());
        _output.GetStringBuilder().Clear();
    }

    private static UsageRecord Call(string? key, int day, decimal cost) =>
        new()
        {
            Id = new CallId(Guid.CreateVersion7(), 1),
            StartedAt = new DateTimeOffset(Today.AddDays(day), new TimeOnly(9, 0), TimeSpan.Zero),
            Provider = "openai",
            Model = "gpt-4o",
            Operation = "chat",
            Attribution = new Attribution { KeyId = key },
            Usage = new TokenUsage { [UsageKind.InputText] = 1 },
            UsageSource = UsageSource.Reported,
            Cost = Money.Round(cost),
            CostSource = "caller",
            Outcome = CallOutcome.Completed,
        };

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(JsonElement row, string column) =>
        column.Split('.').Aggregate(row, static (value, part) => value.GetProperty(part)).ToString();

    private JsonElement Json() => JsonDocument.Parse(_output.ToString()).RootElement;

    private string[] Lines() => _output.ToString().ReplaceLineEndings("\n").Split('\n');

    private string Write(string name, string titles, IEnumerable<string> rows)
    {
        File.WriteAllLines(_folder.File(name), [titles, .. rows]);
        return _folder.File(name);
    }

    private int Run(Command command, params string[] arguments)
    {
        var parsed = command.Parse([.. arguments, "--data", _folder.File("data")]);
        foreach (var error in parsed.Errors)
            _error.WriteLine(error.Message);
        if (parsed.Errors.Count > 0)
            return ExitCodes.UsageError;
        try
        {
            return parsed.Invoke(
                new InvocationConfiguration
                {
                    Output = _output,
                    Error = _error,
                    EnableDefaultExceptionHandler = false,
                }
            );
        }
        catch (FormatException exception)
        {
            _error.WriteLine(exception.Message);
            return ExitCodes.Failed;
        }
    }
}
