using System.Globalization;
using System.Text;
using Tollgate.Accounting.ImportExport;
using Tollgate.Accounting.ImportExport.Focus;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Rerating;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Xunit;

namespace Tollgate.Accounting.Testing;

public abstract partial class LedgerStoreCompliance
{
    /// <summary>
    /// For any period and bucket, even if records were purged: the costs of a FOCUS file equal those of the
    /// ledger.
    /// </summary>
    [Theory]
    [InlineData(7)]
    [InlineData(20261001)]
    public async Task The_costs_of_a_FOCUS_file_add_up_to_those_of_the_ledger(int seed)
    {
        var random = new Random(seed);
        foreach (
            var batch in PricedRecords
                .Random(random, 300)
                .Concat(Enumerable.Range(0, 200).Select(_ => SampleRecords.Random(random)))
                .Chunk(200)
        )
            await Store.AppendAsync(batch);
        await CostsAgreeAsync(UsagePeriod.All, UsageBucket.Day);
        for (var i = 0; i < 5; i++)
            await CostsAgreeAsync(SampleRecords.RandomQuery(random).Period, (UsageBucket)random.Next(2));
        await Store.PurgeAsync(SampleRecords.Noon.AddHours(4));
        await CostsAgreeAsync(UsagePeriod.All, UsageBucket.Hour);
        await CostsAgreeAsync(
            new UsagePeriod(SampleRecords.Noon.AddHours(1), SampleRecords.Noon.AddHours(6)),
            UsageBucket.Day
        );
    }

    /// <summary>After rerating, the sums equal those of pricing from scratch; rerating again records nothing.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(20261002)]
    public async Task Pricing_again_gives_what_pricing_from_scratch_gives(int seed)
    {
        var records = PricedRecords.Random(new Random(seed), 400);
        foreach (var batch in records.Chunk(150))
            await Store.AppendAsync(batch);
        var before = await TotalsAsync();
        var rerate = new UsageRerate(PricedRecords.CurrentPrices, TimeProvider.System);
        var (query, scope) = (new UsageQuery(Store), new RerateScope(UsagePeriod.All));
        var expected = PricedRecords.FromScratch(records, PricedRecords.CurrentPrices);

        var preview = await rerate.PreviewAsync(query, scope);
        var report = await rerate.RunAsync(query, batch => Store.AppendAsync(batch), scope);
        Assert.Equal(preview.Corrections, report.Corrections);
        Assert.Equal(expected.Cost - before.Cost, report.Difference);
        Assert.Equal(before with { Cost = expected.Cost, Unpriced = expected.Unpriced }, await TotalsAsync());

        Assert.Equal(0, (await rerate.PreviewAsync(query, scope)).Corrections);
        Assert.Equal(0, (await rerate.RunAsync(query, batch => Store.AppendAsync(batch), scope)).Corrections);
        Assert.Equal(expected.Cost, (await TotalsAsync()).Cost);
        await CostsAgreeAsync(UsagePeriod.All, UsageBucket.Day);
    }

    private async Task CostsAgreeAsync(UsagePeriod period, UsageBucket bucket)
    {
        using var file = new MemoryStream();
        var written = await new FocusExport(
            new UsageQuery(Store),
            PricedRecords.PreviousPrices,
            new FocusOptions { Bucket = bucket }
        ).WriteAsync(period, file);
        var csv = new CsvReader(new StringReader(Encoding.UTF8.GetString(file.ToArray())));
        var column = csv.Read()!.IndexOf("BilledCost");
        var (rows, sum) = (0L, 0m);
        for (; csv.Read() is { } row; rows++)
            sum += decimal.Parse(row[column], CultureInfo.InvariantCulture);
        Assert.Equal(((await TotalsAsync(period)).Cost, rows), (Money.Round(sum), written.Rows));
        Assert.Equal(Money.Round(sum), written.BilledCost);
    }
}
