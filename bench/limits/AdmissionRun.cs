using System.Diagnostics;
using System.Globalization;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Usage;

namespace Tollgate.Limits.Bench;

/// <summary>
/// One thread that repeatedly reserves a call on its limits and settles it: a gateway's in-memory work for each call.
/// </summary>
internal static class AdmissionRun
{
    private static readonly UsageRecord Booked = new()
    {
        Id = new CallId(Guid.CreateVersion7(DateTimeOffset.UnixEpoch), 1),
        StartedAt = DateTimeOffset.UnixEpoch,
        Provider = "openai",
        Model = "gpt-4o",
        Operation = "chat",
        Usage = new TokenUsage
        {
            [UsageKind.InputText] = 900,
            [UsageKind.OutputText] = 250,
            [UsageKind.Request] = 1,
        },
        UsageSource = UsageSource.Reported,
        Cost = Money.Round(0.004750m),
        Outcome = CallOutcome.Completed,
    };

    public static async Task RunAsync(string folder, int records, int[] limits, int calls, TextWriter output)
    {
        await using var ledger = await UsageLedger.OpenAsync(new LedgerOptions { DataFolder = folder });
        for (var filled = 0; filled < records; filled += 5000)
            await ledger.AppendAsync([.. Enumerable.Range(filled, Math.Min(5000, records - filled)).Select(Record)]);
        foreach (var count in limits)
        {
            await using var controller = new AdmissionController(ledger.Limits, ledger.InstanceId, TimeProvider.System);
            controller.Use(MatchingLimits.Of(count));
            await MeasureAsync(controller, Math.Max(calls / 5, 20_000)); // Compiles the code that is measured below.
            var before = controller.CompletedExchanges;
            var (micros, bytes) = await MeasureAsync(controller, calls);
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {count} | {records:N0} | {micros:N2} | {bytes:N0} | {controller.CompletedExchanges - before} |"
                )
            );
        }
    }

    /// <summary>The median of ten rounds, since other processes use the machine, too.</summary>
    private static async Task<(double Micros, double Bytes)> MeasureAsync(AdmissionController controller, int calls)
    {
        const int Rounds = 10;
        var (micros, bytes) = (new double[Rounds], new double[Rounds]);
        for (var round = 0; round < Rounds; round++)
        {
            var (started, allocated) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes());
            for (var call = 0; call < calls / Rounds; call++)
            {
                var answer = await controller.ReserveAsync(MatchingLimits.Subject, MatchingLimits.Bound);
                if (answer.Reservation is not { } reservation)
                    throw new InvalidOperationException($"A call was refused: {answer.Refusal?.Message}");
                reservation.Settle(Booked);
            }

            micros[round] = Stopwatch.GetElapsedTime(started).TotalMicroseconds * Rounds / calls;
            bytes[round] = (double)(GC.GetTotalAllocatedBytes() - allocated) * Rounds / calls;
        }

        Array.Sort(micros);
        Array.Sort(bytes);
        return (micros[Rounds / 2], bytes[Rounds / 2]);
    }

    private static UsageRecord Record(int number)
    {
        var at = new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero).AddMilliseconds(number * 100L);
        return Booked with
        {
            Id = new CallId(Guid.CreateVersion7(at), 1),
            StartedAt = at,
            Attribution = new Attribution { KeyId = $"key-{number % 100}" },
        };
    }
}
