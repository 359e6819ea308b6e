using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Rerating;
using Tollgate.Accounting.Tests.Ledger;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tests.Rerating;

public sealed class UsageRerateTests : LedgerFixture
{
    private static readonly RerateScope All = new(UsagePeriod.All);

    [Fact]
    public async Task A_record_stays_and_a_correction_has_its_own_identity()
    {
        await using var ledger = await OpenAsync();
        var record = Record();
        await ledger.AppendAsync(record);
        await RunAsync(ledger, Card("gpt-4o", 0.00001m));

        var records = await ledger.Query.ListAsync(new UsageSelection());
        records.ShouldContain(record);
        var correction = records.Single(other => other.Corrects is not null);
        correction.Corrects.ShouldBe(record.Id);
        correction.Id.Call.ShouldNotBe(record.Id.Call);
        (correction.StartedAt, correction.Usage, correction.Cost, correction.CostSource).ShouldBe(
            (record.StartedAt, default, Money.Round(0.00075m), "new/gpt-4o")
        );
        (correction.Attribution.KeyId, correction.Attribution.User, correction.Outcome).ShouldBe(
            ("k1", "ann", CallOutcome.Corrected)
        );
    }

    [Fact]
    public async Task Two_at_the_same_time_book_each_correction_once()
    {
        await using var ledger = await OpenAsync();
        for (var i = 0; i < 50; i++)
            await ledger.AppendAsync(Record());
        var (first, second) = (new List<UsageRecord>(), new List<UsageRecord>());
        foreach (var batch in new[] { first, second })
            await new UsageRerate(PriceBook.Create([Card("gpt-4o", 0.00001m)]), Time).RunAsync(
                ledger.Query,
                records =>
                {
                    batch.AddRange(records);
                    return Task.FromResult(records.Count);
                },
                All
            );

        (await ledger.AppendAsync(first)).ShouldBe(50);
        (await ledger.AppendAsync(second)).ShouldBe(0);
    }

    [Fact]
    public async Task Prices_may_change_again_and_back()
    {
        await using var ledger = await OpenAsync();
        await ledger.AppendAsync(Record());
        foreach (var (rate, total) in new[] { (0.00001m, 0.0012m), (0.00002m, 0.0024m), (0.00001m, 0.0012m) })
        {
            (await RunAsync(ledger, Card("gpt-4o", rate))).Corrections.ShouldBe(1);
            (await ledger.Query.TotalsAsync(UsagePeriod.All)).Cost.ShouldBe(Money.Round(total));
        }

        (await ledger.Query.TotalsAsync(UsagePeriod.All)).Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Records_excluded_from_pricing_are_left_and_counted()
    {
        await using var ledger = await OpenAsync();
        await ledger.AppendAsync([
            Record() with
            {
                CostSource = "caller",
            },
            Record() with
            {
                CostSource = "not_billed",
                Cost = Money.Zero,
            },
            Record() with
            {
                Usage = default,
                Cost = null,
                CostSource = null,
                UsageSource = UsageSource.Missing,
            },
            Record() with
            {
                Model = "unknown",
                Cost = null,
                CostSource = null,
            },
            Record() with
            {
                Model = "no more",
            },
        ]);
        var report = await RunAsync(ledger, Card("gpt-4o", 0.00001m));
        (report.Corrections, report.Stated, report.NoUsage, report.NoPrice).ShouldBe((0, 2, 1, 2));
    }

    [Fact]
    public async Task A_deployment_keeps_the_model_as_which_it_is_priced()
    {
        await using var ledger = await OpenAsync();
        await ledger.AppendAsync(Record() with { Model = "my-deployment", CostSource = "new/gpt-4o" });
        var report = await RunAsync(ledger, Card("gpt-4o", 0.00001m), Card("my-deployment", 5m));
        report.Models.Single().After.ShouldBe(Money.Round(0.0012m));
    }

    [Fact]
    public async Task The_model_that_answered_goes_before_the_one_that_was_asked_for()
    {
        await using var ledger = await OpenAsync();
        await ledger.AppendAsync(Record() with { ResponseModel = "gpt-4o-2", Cost = null, CostSource = null });
        (await RunAsync(ledger, Card("gpt-4o", 5m), Card("gpt-4o-2", 0.00001m))).Difference.ShouldBe(
            Money.Round(0.0012m)
        );
    }

    private Task<RerateReport> RunAsync(UsageLedger ledger, params RateCard[] cards) =>
        new UsageRerate(PriceBook.Create(cards), Time).RunAsync(ledger, All);

    private static RateCard Card(string model, decimal rate) =>
        new()
        {
            Provider = "openai",
            Model = model,
            PriceVersion = $"new/{model}",
            Source = "test",
            Tiers =
            [
                new RateTier(
                    ServiceTier.Standard,
                    0,
                    [new(UsageKind.InputText, rate), new(UsageKind.OutputText, rate)]
                ),
            ],
        };
}
