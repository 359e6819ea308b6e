using Tollgate.Accounting.Files;
using Tollgate.Accounting.InFlight;
using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Ledger;

/// <summary>
/// Records the attempts in flight of dead instances, at their upper bound. Only the holder of the dead instance's lock
/// does so, and the records go through the writer like all others, so each is recorded once however many processes try.
/// </summary>
/// <param name="options">The ledger.</param>
/// <param name="self">The recovering instance.</param>
/// <param name="append">Writes a record.</param>
/// <param name="release">Releases the limit leases of a dead instance after everything it spent is recorded. Null if a
/// server behind the spool counts the limits: then the dead instance's lock file stays until the spool has been
/// replicated completely.</param>
internal sealed class GateRecovery(
    LedgerOptions options,
    Guid self,
    Func<UsageRecord, LimitCharges?, ValueTask> append,
    Func<Guid, CancellationToken, Task>? release
)
{
    /// <summary>Returns the number of attempts recorded.</summary>
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
