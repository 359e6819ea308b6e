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
internal sealed class GatewayRecovery(
    LedgerOptions options,
    Guid self,
    Func<UsageRecord, LimitCharges?, ValueTask> append,
    Func<Guid, CancellationToken, Task>? release
)
{
    /// <summary>Returns the number of attempts recorded.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var booked = 0;
        foreach (var gate in GatewayInstance.FindRegistered(options.StateFolder).ToList())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (gate == self || GatewayInstance.TryTake(options.StateFolder, gate) is not { } dead)
                continue;
            booked += await RecoverInstanceAsync(gate, dead, cancellationToken);
        }

        return booked;
    }

    private async Task<int> RecoverInstanceAsync(Guid gate, FileLock dead, CancellationToken cancellationToken)
    {
        using (dead)
        {
            var attempts = GatewayInstance.ReadInFlightAttempts(options.StateFolder, gate);
            await Task.WhenAll(attempts.Select(attempt => append(EstimateRecord(attempt), attempt.Charges).AsTask()));
            if (release is null)
            {
                GatewayInstance.RemoveJournal(options.StateFolder, gate);
                return attempts.Count;
            }

            await release(gate, cancellationToken);
            GatewayInstance.Remove(options.StateFolder, gate, dead);
            return attempts.Count;
        }
    }

    private UsageRecord EstimateRecord(InFlightAttempt attempt)
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
            Outcome = CallOutcome.GatewayCrashed,
        };
    }
}
