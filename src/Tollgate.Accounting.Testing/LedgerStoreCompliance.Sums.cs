using Tollgate.Accounting.Stores.Memory;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Xunit;

namespace Tollgate.Accounting.Testing;

public abstract partial class LedgerStoreCompliance
{
    /// <summary>The result of any query equals the sum of the records.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(20260701)]
    public async Task Sums_equal_what_the_records_add_up_to(int seed)
    {
        var random = new Random(seed);
        var records = Enumerable.Range(0, 1500).Select(_ => SampleRecords.Random(random)).ToList();
        await using var reference = new InMemoryLedgerStore();
        foreach (var batch in records.Chunk(200))
        {
            await Store.AppendAsync(batch);
            await reference.AppendAsync(batch);
        }

        for (var i = 0; i < 40; i++)
            await AssertSumsEqualAsync(reference, SampleRecords.RandomQuery(random));
    }

    /// <summary>Periods of days are split anywhere, also before 1970, and each part of them is counted once.</summary>
    [Theory]
    [InlineData(3, 2026)]
    [InlineData(4, 1969)]
    public async Task Sums_over_days_equal_what_the_records_add_up_to(int seed, int year)
    {
        var random = new Random(seed);
        var start = new DateTimeOffset(year, 12, 27, 0, 0, 0, TimeSpan.Zero);
        await using var reference = new InMemoryLedgerStore();
        for (var batch = 0; batch < 5; batch++)
        {
            var records = Enumerable
                .Range(0, 200)
                .Select(_ => SampleRecords.Random(random) with { StartedAt = Moment() })
                .ToList();
            await Store.AppendAsync(records);
            await reference.AppendAsync(records);
        }

        for (var i = 0; i < 40; i++)
        {
            var from = Moment();
            await AssertSumsEqualAsync(
                reference,
                SampleRecords.RandomQuery(random) with
                {
                    Period = new UsagePeriod(from, from + (Moment() - start)),
                }
            );
        }

        // On the start of a day, of a slot, or anywhere.
        DateTimeOffset Moment() =>
            random.Next(3) switch
            {
                0 => start.AddDays(random.Next(9)),
                1 => start.AddMinutes(15 * random.Next(9 * 96)),
                _ => start.AddMicroseconds(random.NextInt64(9 * 24 * 3600 * 1_000_000L)),
            };
    }

    /// <summary>64 bits of pico-dollars are limited to 9.2 million dollars; sums are not.</summary>
    [Fact]
    public async Task Sums_of_money_are_exact_beyond_64_bits()
    {
        var dear = Money.Round(8_999_999.999999999999m);
        await Store.AppendAsync([.. Enumerable.Range(0, 10).Select(_ => SampleRecords.Bare() with { Cost = dear })]);
        Assert.Equal(Money.Round(89_999_999.99999999999m), (await TotalsAsync()).Cost);
    }

    /// <summary>A correction adds its amounts, and is neither a call nor an error nor an estimate.</summary>
    [Fact]
    public async Task Corrections_change_sums_but_not_the_call_count()
    {
        var priced = SampleRecords.Full() with { Cost = Money.Round(2m) };
        var unpriced = SampleRecords.Bare() with { StartedAt = priced.StartedAt, Cost = null };
        var dearer = Correction(priced, CallOutcome.Corrected, 0.5m);
        var known = Correction(unpriced, CallOutcome.Repriced, 0.25m);
        Assert.Equal(2, await Store.AppendAsync([priced, unpriced]));
        Assert.Equal(2, await Store.AppendAsync([dearer, known]));

        var expected = SampleRecords.Sum([priced, unpriced]) with { Cost = Money.Round(2.75m), Unpriced = 0 };
        Assert.Equal(expected, await TotalsAsync());
        Assert.Equal(expected, await TotalsAsync(new UsagePeriod(priced.StartedAt, priced.StartedAt.AddMinutes(1))));
        Assert.Equal(
            0,
            Assert
                .Single(
                    await Store.SumAsync(
                        new UsageSumQuery { Where = [UsageFilter.Equal(UsageDimension.Model, unpriced.Model)] }
                    )
                )
                .Totals.Unpriced
        );
        Assert.Equal(dearer, Assert.Single(await Store.FindAsync(dearer.Id.Call)));
        Assert.Equal(known, Assert.Single(await Store.FindAsync(known.Id.Call)));
        Assert.Equal(0, await Store.AppendAsync([dearer]));
    }

    /// <summary>
    /// A correction may subtract tokens: its counts are negative, and so may be sums of corrections alone.
    /// </summary>
    [Fact]
    public async Task A_correction_takes_tokens_back()
    {
        var call = SampleRecords.Full() with { Cost = Money.Round(2m) };
        var usage = default(TokenUsage);
        usage.Adjust(UsageKind.InputText, 1 - call.Usage[UsageKind.InputText]);
        usage.Adjust(UsageKind.OutputText, -call.Usage[UsageKind.OutputText]);
        var correction = Correction(call, CallOutcome.Corrected, -0.5m) with
        {
            Usage = usage,
            UsageSource = UsageSource.Reported,
            Attribution = Attribution.None,
        };
        await Store.AppendAsync([call, correction]);

        Assert.Equal(correction, Assert.Single(await Store.FindAsync(correction.Id.Call)));
        Assert.Equal(1, (await TotalsAsync()).Usage[UsageKind.InputText]);
        Assert.Equal(0, (await TotalsAsync()).Usage[UsageKind.OutputText]);
        var sums = await Store.SumAsync(new UsageSumQuery { By = [UsageDimension.User] });
        Assert.Equal(usage, sums.Single(static sum => sum.Names[0] is null).Totals.Usage);
        Assert.Equal(call.Usage, sums.Single(static sum => sum.Names[0] is not null).Totals.Usage);
    }

    private static UsageRecord Correction(UsageRecord of, CallOutcome outcome, decimal usd) =>
        SampleRecords.Bare() with
        {
            StartedAt = of.StartedAt,
            Provider = of.Provider,
            Model = of.Model,
            Attribution = of.Attribution,
            UsageSource = UsageSource.Missing,
            Cost = Money.Round(usd),
            Outcome = outcome,
            Corrects = of.Id,
        };

    /// <summary>Names are compared by their exact characters.</summary>
    [Fact]
    public async Task Names_that_differ_in_anything_are_different()
    {
        string[] names =
        [
            "gpt-4",
            "GPT-4",
            "gpt-4 ",
            "gpt‑4",
            "é",
            "e\u0301",
            "e",
            "模型",
            "🚪",
            "a\tb",
            "%",
            "_",
            "'",
            "\\",
            "\"",
        ];
        await Store.AppendAsync([
            .. names.Select(name =>
                SampleRecords.Bare() with
                {
                    Model = name,
                    Attribution = new Attribution { Application = name, User = name },
                }
            ),
        ]);
        foreach (var dimension in new[] { UsageDimension.Model, UsageDimension.User, UsageDimension.Application })
        {
            var sums = await Store.SumAsync(new UsageSumQuery { By = [dimension] });
            Assert.Equal(
                names.Order(StringComparer.Ordinal),
                sums.Select(sum => sum.Names[0]).Order(StringComparer.Ordinal)
            );
            foreach (var name in names)
                Assert.Equal(
                    1,
                    Assert
                        .Single(
                            await Store.SumAsync(new UsageSumQuery { Where = [UsageFilter.Equal(dimension, name)] })
                        )
                        .Totals.Calls
                );
        }
    }

    /// <summary>A period includes its start and excludes its end.</summary>
    [Fact]
    public async Task A_period_begins_with_its_start_and_ends_before_its_end()
    {
        var noon = SampleRecords.Noon;
        await Store.AppendAsync([
            SampleRecords.Bare() with
            {
                StartedAt = noon,
            },
            SampleRecords.Bare() with
            {
                StartedAt = noon.AddHours(1),
            },
        ]);
        Assert.Equal(1, (await TotalsAsync(new UsagePeriod(noon, noon.AddHours(1)))).Calls);
        Assert.Equal(2, (await TotalsAsync(new UsagePeriod(noon, null))).Calls);
        Assert.Equal(0, (await TotalsAsync(new UsagePeriod(null, noon))).Calls);
        Assert.Equal(0, (await TotalsAsync(new UsagePeriod(noon.AddHours(1), noon))).Calls);
    }

    private async Task AssertSumsEqualAsync(InMemoryLedgerStore reference, UsageSumQuery query) =>
        Assert.Equal(Sorted(await reference.SumAsync(query)), Sorted(await Store.SumAsync(query)));

    /// <summary>Without the groups whose sums are all 0, which a store may leave out.</summary>
    private static List<string> Sorted(IReadOnlyList<UsageSum> sums) =>
        [
            .. sums.Where(static sum => sum.Totals != new UsageTotals())
                .Select(sum =>
                    $"{sum.Slot:O} [{string.Join('|', sum.Names.Select(name => name ?? "(none)"))}] {sum.Totals}"
                )
                .Order(StringComparer.Ordinal),
        ];
}
