using Tollgate.Accounting.Ledger;

namespace Tollgate.Accounting.Tests.Ledger;

/// <summary>Run alone, because what other tests allocate at the same time would be counted too.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

[Collection(Alone.Name)]
public sealed class AllocationTests : LedgerFixture
{
    /// <summary>
    /// Measured: 0 to 14, the ledger's own share being 0; the rest is room for the runtime's thread pool.
    /// </summary>
    private const int CommittedBytesPerPair = 64;

    private const int Pairs = 2000;

    [Fact]
    public async Task Opening_and_booking_an_attempt_allocates_next_to_nothing()
    {
        await using var ledger = await OpenAsync();
        await MeasureAsync(ledger);

        // The runtime compiles and grows its queues at moments of its own; the ledger's share is in every round.
        var perPair = long.MaxValue;
        for (var round = 0; round < 4; round++)
            perPair = Math.Min(perPair, await MeasureAsync(ledger) / Pairs);

        perPair.ShouldBeLessThanOrEqualTo(CommittedBytesPerPair);
    }

    private async Task<long> MeasureAsync(UsageLedger ledger)
    {
        var calls = Enumerable
            .Range(0, Pairs)
            .Select(_ => Attempt())
            .Select(open => (Open: open, Booked: Record(open.Id)))
            .ToList();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(CallAsync)));
        return GC.GetTotalAllocatedBytes(precise: true) - before;

        async Task CallAsync()
        {
            for (int i; (i = Interlocked.Increment(ref next)) < Pairs;)
            {
                await ledger.BeginAttemptAsync(calls[i].Open);
                await ledger.AppendAsync(calls[i].Booked);
            }
        }
    }
}
