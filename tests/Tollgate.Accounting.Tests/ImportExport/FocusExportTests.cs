using System.Globalization;
using System.Text;
using Tollgate.Accounting.ImportExport;
using Tollgate.Accounting.ImportExport.Focus;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Tests.Ledger;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tests.ImportExport;

public sealed class FocusExportTests : LedgerFixture
{
    private static readonly RateCard Card = new()
    {
        Provider = "openai",
        Model = "gpt-4o",
        PriceVersion = "test/1/openai/gpt-4o",
        Source = "test",
        Tiers =
        [
            new RateTier(
                ServiceTier.Standard,
                0,
                [new(UsageKind.InputText, 0.0000000000005m), new(UsageKind.OutputText, 0.00001m)]
            ),
            new RateTier(
                ServiceTier.Standard,
                1000,
                [new(UsageKind.InputText, 0.000001m), new(UsageKind.OutputText, 0.00002m)]
            ),
        ],
    };

    [Fact]
    public async Task Each_kind_of_token_has_a_row_with_its_price_and_rounding_goes_to_the_largest()
    {
        // 3 × 0.5 pico-dollars is between two pico-dollars, so that the parts do not add up by themselves.
        var rows = await RowsAsync(Priced(Usage(3, 1)), Priced(Usage(3, 1)));
        rows.Count.ShouldBe(2);
        var input = rows.Single(row => row["SkuMeter"] == "input_text");
        (input["ConsumedQuantity"], input["ConsumedUnit"], input["ListUnitPrice"], input["ListCost"]).ShouldBe(
            ("6", "Tokens", "0.0000000000005", "0.000000000003")
        );
        (input["SkuId"], input["SkuPriceId"], input["x_PriceVersion"]).ShouldBe(
            ("openai/gpt-4o", "openai/gpt-4o/input_text/standard", Card.PriceVersion)
        );
        (
            input["ChargeCategory"],
            input["ChargeClass"],
            input["x_Unpriced"],
            input["ResourceId"],
            input["SubAccountId"]
        ).ShouldBe(("Usage", "", "false", "k1", "apollo"));
        rows.Sum(row => decimal.Parse(row["BilledCost"], CultureInfo.InvariantCulture))
            .ShouldBe(2 * Priced(Usage(3, 1)).Cost!.Value.Usd);
    }

    [Fact]
    public async Task A_long_context_is_another_price()
    {
        var rows = await RowsAsync(Priced(Usage(10, 0)), Priced(Usage(2000, 0)));
        rows.Select(row => row["SkuPriceId"])
            .ShouldBe(["openai/gpt-4o/input_text/standard", "openai/gpt-4o/input_text/standard/above-1000"]);
    }

    [Fact]
    public async Task Times_are_those_of_the_bucket_and_of_its_month()
    {
        var at = new DateTimeOffset(2026, 12, 31, 23, 30, 0, TimeSpan.Zero);
        var row = (
            await RowsAsync(
                [Priced(Usage(10, 0)) with { StartedAt = at }],
                new FocusOptions { Bucket = UsageBucket.Hour }
            )
        ).Single();
        (row["ChargePeriodStart"], row["ChargePeriodEnd"]).ShouldBe(("2026-12-31T23:00:00Z", "2027-01-01T00:00:00Z"));
        (row["BillingPeriodStart"], row["BillingPeriodEnd"]).ShouldBe(("2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"));
    }

    [Fact]
    public async Task A_cost_that_no_known_price_gives_stays_whole()
    {
        var byCaller = Priced(Usage(10, 2)) with { Cost = Money.Round(0.7m), CostSource = "caller" };
        var edited = Priced(Usage(10, 2)) with { Cost = Money.Round(0.2m) };
        var row = (await RowsAsync(byCaller, edited)).ShouldHaveSingleItem();
        (row["SkuMeter"], row["ConsumedQuantity"], row["BilledCost"], row["ListUnitPrice"], row["SkuPriceId"]).ShouldBe(
            ("tokens", "24", "0.9", "", "")
        );
    }

    [Fact]
    public async Task An_unpriced_model_is_listed_and_marked()
    {
        var rows = await RowsAsync(
            Priced(Usage(10, 2)) with
            {
                Cost = null,
                CostSource = null,
            },
            Priced(default) with
            {
                Model = "silent",
                Cost = null,
                CostSource = null,
            }
        );
        rows.ShouldAllBe(row =>
            row["BilledCost"] == "0" && row["x_Unpriced"] == "true" && row["ListUnitPrice"].Length == 0
        );
        rows.Select(row => (row["SkuMeter"], row["PricingQuantity"]))
            .ShouldBe([("input_text", "10"), ("output_text", "2"), ("tokens", "0")]);
    }

    [Fact]
    public async Task A_correction_is_a_row_of_its_own()
    {
        var call = Priced(Usage(10, 2));
        var rows = await RowsAsync(
            call,
            call with
            {
                Id = NewId(),
                Usage = default,
                Cost = Money.Round(-0.00001m),
                Outcome = CallOutcome.Corrected,
                Corrects = call.Id,
            }
        );
        var row = rows.Single(row => row["ChargeClass"] == "Correction");
        (row["BilledCost"], row["PricingQuantity"], row["PricingUnit"], row["ConsumedQuantity"]).ShouldBe(
            ("-0.00001", "", "", "")
        );
    }

    [Fact]
    public async Task Purged_usage_is_reported_without_its_kinds()
    {
        await using var ledger = await OpenAsync();
        await ledger.AppendAsync(Priced(Usage(10, 2)));
        await ledger.PurgeAsync(new DateTimeOffset(2999, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var row = (await WriteAsync(ledger, new FocusOptions())).ShouldHaveSingleItem();
        (row["SkuMeter"], row["ConsumedQuantity"], row["BilledCost"]).ShouldBe(
            ("tokens", "12", Priced(Usage(10, 2)).Cost!.Value.ToString())
        );
    }

    [Fact]
    public async Task Weeks_and_months_are_refused()
    {
        await using var ledger = await OpenAsync();
        await Should.ThrowAsync<ArgumentException>(() =>
            WriteAsync(ledger, new FocusOptions { Bucket = UsageBucket.Week })
        );
    }

    private static TokenUsage Usage(long input, long output) =>
        new() { [UsageKind.InputText] = input, [UsageKind.OutputText] = output };

    private UsageRecord Priced(TokenUsage usage) =>
        Record() with
        {
            Usage = usage,
            Cost = CostCalculator.Price(Card, usage, ServiceTier.Standard).Total,
            CostSource = Card.PriceVersion,
        };

    private Task<List<Dictionary<string, string>>> RowsAsync(params UsageRecord[] records) =>
        RowsAsync(records, new FocusOptions());

    private async Task<List<Dictionary<string, string>>> RowsAsync(UsageRecord[] records, FocusOptions options)
    {
        await using var ledger = await OpenAsync();
        await ledger.AppendAsync(records);
        return await WriteAsync(ledger, options);
    }

    private static async Task<List<Dictionary<string, string>>> WriteAsync(UsageLedger ledger, FocusOptions options)
    {
        using var file = new MemoryStream();
        await new FocusExport(ledger.Query, PriceBook.Create([Card]), options).WriteAsync(UsagePeriod.All, file);
        var csv = new CsvReader(new StringReader(Encoding.UTF8.GetString(file.ToArray())));
        var names = csv.Read()!;
        var rows = new List<Dictionary<string, string>>();
        while (csv.Read() is { } row)
            rows.Add(names.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second));
        return rows;
    }
}
