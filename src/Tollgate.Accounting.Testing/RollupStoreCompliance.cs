using System.Globalization;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Xunit;

namespace Tollgate.Accounting.Testing;

/// <summary>The additional requirements for a store with rollup tables: to verify and to repair them.</summary>
public abstract class RollupStoreCompliance : SqlLedgerStoreCompliance
{
    private static readonly UsageSumQuery ByModelAndUser = new() { By = [UsageDimension.Model, UsageDimension.User] };

    private static readonly UsageSumQuery BySlot = new() { BySlot = true };

    /// <summary>Runs a statement on the test's database, bypassing the store.</summary>
    protected abstract Task ExecuteAsync(string sql);

    /// <summary>Returns the rollup table of a kind.</summary>
    protected virtual string GetTable(RollupKind sums) =>
        sums switch
        {
            RollupKind.SlotsByName => "usage_rollup",
            RollupKind.DaysByName => "usage_days",
            RollupKind.Blocks => "usage_blocks",
            _ => "usage_slots",
        };

    /// <summary>The kinds of rollups of the store.</summary>
    protected virtual IReadOnlyList<RollupKind> Kinds => Enum.GetValues<RollupKind>();

    /// <summary>
    /// The rollups written with the records are what a check expects, including corrections, duplicates and any names.
    /// </summary>
    [Fact]
    public async Task Sums_that_were_kept_are_found_right()
    {
        var records = await BookAsync();
        await Store.AppendAsync([.. records.Take(50), SampleRecords.Awkward(), SampleRecords.Extreme()]);

        var found = await RollupStore.VerifyRollupsAsync(repair: true);

        Assert.Equal(Kinds, found.Select(static check => check.Sums));
        Assert.All(found, static check => Assert.Equal(new RollupVerification(check.Sums, 0), check));
    }

    /// <summary>As if written by a program version without a kind of rollup.</summary>
    [Theory]
    [InlineData(RollupKind.SlotsByName)]
    [InlineData(RollupKind.DaysByName)]
    [InlineData(RollupKind.Slots)]
    [InlineData(RollupKind.Blocks)]
    public async Task Sums_that_are_missing_are_found_and_made(RollupKind sums)
    {
        if (!Kinds.Contains(sums))
            return;
        var records = await BookAsync();
        await Store.AppendAsync([SampleRecords.Awkward()]); // Its names must match those written with the records.
        var expected = (await AnswerAsync(ByModelAndUser), await AnswerAsync(BySlot), await TotalsAsync());
        var rows = await RowsAsync(sums);
        await ExecuteAsync($"DELETE FROM {GetTable(sums)}");

        var found = (await RollupStore.VerifyRollupsAsync(repair: false)).Single(check => check.Sums == sums);
        Assert.True(found.IncorrectRows > 0);
        // A record is in many blocks: in six of all usage, of a model, of a provider and of a project, and in four of
        // a key and of a user.
        var times = sums == RollupKind.Blocks ? 32 : 1;
        Assert.Equal(expected.Item3.Calls * times, found.MissingCalls);
        Assert.Equal(expected.Item3.Cost.Usd * times, found.MissingCost);
        Assert.InRange(
            found.First!.Value,
            SampleRecords.Noon.AddDays(sums == RollupKind.Blocks ? -65 : -0.5),
            SampleRecords.Noon
        );
        await RollupStore.VerifyRollupsAsync(repair: true);
        await Store.AppendAsync([records[0], SampleRecords.Awkward()]);

        Assert.All(
            await RollupStore.VerifyRollupsAsync(repair: false),
            static check => Assert.Equal(new RollupVerification(check.Sums, 0), check)
        );
        Assert.Equal(rows, await RowsAsync(sums));
        Assert.Equal(expected.Item1.Count, (await AnswerAsync(ByModelAndUser)).Count);
        Assert.Equal(expected.Item2.Count, (await AnswerAsync(BySlot)).Count);
        Assert.Equal(expected.Item3 + SampleRecords.Sum([SampleRecords.Awkward()]), await TotalsAsync());
    }

    /// <summary>Excess is removed, too, and a row that becomes zero is not a group.</summary>
    [Theory]
    [InlineData(RollupKind.SlotsByName)]
    [InlineData(RollupKind.DaysByName)]
    [InlineData(RollupKind.Slots)]
    [InlineData(RollupKind.Blocks)]
    public async Task Sums_that_are_too_high_are_found_and_lowered(RollupKind sums)
    {
        if (!Kinds.Contains(sums))
            return;
        await BookAsync();
        var expected = (await AnswerAsync(ByModelAndUser), await AnswerAsync(BySlot), await TotalsAsync());
        await ExecuteAsync($"UPDATE {GetTable(sums)} SET duration = duration + 5, unpriced = unpriced + 1");
        await Store.AppendAsync([
            SampleRecords.Bare() with
            {
                Model = "ghost",
                Cost = Money.Round(1m),
                Outcome = CallOutcome.Corrected,
                Corrects = SampleRecords.Bare().Id,
            },
        ]);
        await ExecuteAsync($"DELETE FROM {RecordsTable} WHERE model = 'ghost'");
        if (sums != RollupKind.SlotsByName)
            await ExecuteAsync($"DELETE FROM {GetTable(RollupKind.SlotsByName)} WHERE model = 'ghost'");

        await RollupStore.VerifyRollupsAsync(repair: true);

        Assert.All(
            await RollupStore.VerifyRollupsAsync(repair: false),
            static check => Assert.Equal(new RollupVerification(check.Sums, 0), check)
        );
        Assert.Equal(expected.Item1, await AnswerAsync(ByModelAndUser));
        Assert.Equal(expected.Item2, await AnswerAsync(BySlot));
        Assert.Equal(expected.Item3, await TotalsAsync());
    }

    /// <summary>
    /// Sums are all that is left of purged records, so they are never lowered to the remaining records.
    /// </summary>
    [Fact]
    public async Task Sums_whose_records_were_purged_stay_as_they_are()
    {
        await BookAsync();
        var expected = (await AnswerAsync(ByModelAndUser), await TotalsAsync());
        await Store.PurgeAsync(SampleRecords.Noon.AddHours(5));
        await ExecuteAsync($"DELETE FROM {GetTable(RollupKind.DaysByName)}");
        await ExecuteAsync($"DELETE FROM {GetTable(RollupKind.Slots)}");

        var found = await RollupStore.VerifyRollupsAsync(repair: true);

        Assert.Equal([0, 1, 36], [found[0].IncorrectRows, Math.Min(1, found[1].IncorrectRows), found[2].IncorrectRows]);
        Assert.Equal(20, found[0].UnverifiableRows);
        Assert.Equal(expected.Item1, await AnswerAsync(ByModelAndUser));
        Assert.Equal(expected.Item2, await TotalsAsync());
    }

    /// <summary>Writers need not stop: records written meanwhile are counted once.</summary>
    [Fact]
    public async Task Sums_are_put_right_while_others_book()
    {
        await BookAsync();
        await ExecuteAsync($"DELETE FROM {GetTable(RollupKind.DaysByName)}");
        await using var other = (IRollupStore)await OpenAsync();
        var random = new Random(8);
        var batches = Enumerable
            .Range(0, 20)
            .Select(_ => Enumerable.Range(0, 20).Select(_ => SampleRecords.Random(random)).ToList())
            .ToList();

        var booking = Task.Run(async () =>
        {
            foreach (var batch in batches)
                await Store.AppendAsync(batch);
        });
        await Task.WhenAll(
            Task.Run(() => other.VerifyRollupsAsync(repair: true)),
            Task.Run(() => RollupStore.VerifyRollupsAsync(repair: true)),
            booking
        );

        Assert.All(
            await RollupStore.VerifyRollupsAsync(repair: false),
            static check => Assert.Equal(new RollupVerification(check.Sums, 0), check)
        );
        Assert.Equal(SampleRecords.Sum(await ReadAsync(new UsageSelection())), await TotalsAsync());
    }

    private IRollupStore RollupStore => (IRollupStore)Store;

    private async Task<string?> RowsAsync(RollupKind sums) =>
        Convert.ToString(
            (
                await ((ISqlLedgerStore)Store).SelectAsync(
                    $"SELECT count(*) FROM {GetTable(sums)}",
                    TimeSpan.FromSeconds(20)
                )
            ).Rows[0][0],
            CultureInfo.InvariantCulture
        );

    private async Task<List<UsageRecord>> BookAsync()
    {
        var random = new Random(7);
        var records = Enumerable.Range(0, 600).Select(_ => SampleRecords.Random(random)).ToList();
        await Store.AppendAsync(records);
        return records;
    }

    private async Task<List<string>> AnswerAsync(UsageSumQuery query) =>
        [
            .. (await Store.SumAsync(query))
                .Select(static sum => $"{sum.Slot:O} {string.Join('|', sum.Names)} {sum.Totals}")
                .Order(StringComparer.Ordinal),
        ];
}
