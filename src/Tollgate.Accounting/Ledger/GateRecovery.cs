using Tollgate.Accounting.Files;
using Tollgate.Accounting.InFlight;
using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Ledger;

/// <summary>
/// Books the open attempts of instances that died, at their upper bound. Only the holder of the dead one's lock does
/// so, and the records go through the writer like all others, so each is booked once however many try.
/// </summary>
/// <param name="options">Where, and how.</param>
/// <param name="self">Who recovers.</param>
/// <param name="append">Books a record.</param>
/// <param name="release">
/// Takes back what a dead one holds of limits, once all that it spent is booked. Null where a server behind the spool
/// counts them: then the dead one's lock file stays, until whoever follows the spool has brought all of it over.
/// </param>
internal sealed class GateRecovery(
    LedgerOptions options,
    Guid self,
    Func<UsageRecord, LimitCharges?, ValueTask> append,
    Func<Guid, CancellationToken, Task>? release
)
{
    /// <summary>The number of attempts booked.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var booked = 0;
        foreach (var gate in GateInstance.Registered(options.StateFolder).ToList())
        {
            cancellation.ThrowIfCancellationRequested();
            if (gate == self || GateInstance.TryTake(options.StateFolder, gate) is not { } dead)
                continue;
            booked += await BookAllAsync(gate, dead, cancellation);
        }

        return booked;
    }

    private async Task<int> BookAllAsync(Guid gate, FileLock dead, CancellationToken cancellation)
    {
        using (dead)
        {
            var attempts = GateInstance.OpenAttempts(options.StateFolder, gate);
            await Task.WhenAll(attempts.Select(attempt => append(Estimate(attempt), attempt.Charges).AsTask()));
            if (release is null)
            {
                GateInstance.RemoveOpenAttempts(options.StateFolder, gate);
                return attempts.Count;
            }

            await release(gate, cancellation);
            GateInstance.Remove(options.StateFolder, gate, dead);
            return attempts.Count;
        }
    }

    private UsageRecord Estimate(OpenAttempt attempt)
    {
        var (cost, source) = options.PriceRecovered(attempt);
        cost = attempt.UpperCost ?? cost;
        return new UsageRecord
        {
            Id = attempt.Id,
            StartedAt = attempt.StartedAt,
            Provider = attempt.Provider,
            Model = attempt.Model,
            ModelGroup = attempt.ModelGroup,
            Deployment = attempt.Deployment,
            Operation = attempt.Operation,
            Streamed = attempt.Streamed,
            ServiceTier = attempt.ServiceTier,
            Attribution = attempt.Attribution,
            Usage = attempt.UpperBound,
            UsageSource = UsageSource.Estimated,
            Cost = cost,
            CostSource = cost is null ? null : source,
            Outcome = CallOutcome.GateDied,
        };
    }
}
