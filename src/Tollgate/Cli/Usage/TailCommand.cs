using System.CommandLine;
using Tollgate.Accounting.Usage;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Json;
using Tollgate.Operations.Text;
using Tollgate.Operations.Usage;

namespace Tollgate.Cli.Usage;

/// <summary><c>tollgate tail</c>: shows the newest records.</summary>
internal static class TailCommand
{
    private static readonly string[] Titles =
    [
        "started_at",
        "call",
        "attempt",
        "provider",
        "model",
        "operation",
        "streamed",
        "outcome",
        "status",
        "input_tokens",
        "cached_tokens",
        "output_tokens",
        "cost_usd",
        "usage_source",
        "duration_ms",
        "user",
        "project",
        "key",
    ];

    private static readonly string[] Brief =
    [
        "started_at",
        "provider",
        "model",
        "outcome",
        "input_tokens",
        "cached_tokens",
        "output_tokens",
        "cost_usd",
        "usage_source",
        "user",
    ];

    public static Command Create(TimeProvider time)
    {
        var count = new Option<int>("-n")
        {
            Description = "The number of calls.",
            DefaultValueFactory = static _ => 10,
            HelpName = "COUNT",
        };
        var data = CommonOptions.Data();
        var format = CommonOptions.Format();
        var command = new Command("tail", "Show the newest calls, newest last.") { count, data, format };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var workspace = parsed.OpenWorkspace(data, time);
                var newest = await new UsageOperations(workspace, UsageReach.Everything).ListNewestAsync(
                    parsed.GetValue(count),
                    cancellationToken
                );
                UsageRecord[] records = [.. newest.Reverse()];
                var output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(format) == "json")
                    JsonOutput.Write(output, records, OperationsJson.Indented.IReadOnlyListUsageRecord);
                else
                    ToTable(records).Print(output, parsed.GetRequiredValue(format));
                return ExitCodes.Success;
            }
        );
        return command;
    }

    /// <summary>Returns the records as rows; an unknown cost is empty, not 0.</summary>
    public static ResultTable ToTable(IEnumerable<UsageRecord> records) =>
        new(
            Titles,
            records.Select(static record =>
                new object?[]
                {
                    record.StartedAt,
                    record.Id.Call,
                    record.Id.Attempt,
                    record.Provider,
                    record.Model,
                    record.Operation,
                    record.Streamed,
                    SnakeCase.From(record.Outcome),
                    record.StatusCode,
                    record.Usage.InputTokens,
                    record.Usage.CachedTokens,
                    record.Usage.OutputTokens,
                    record.Cost?.Usd,
                    SnakeCase.From(record.UsageSource),
                    decimal.Round((decimal)record.Duration.TotalMilliseconds, 1),
                    record.Attribution.User,
                    record.Attribution.Project,
                    record.Attribution.KeyId,
                }
            )
        )
        {
            Brief = Brief,
        };
}
