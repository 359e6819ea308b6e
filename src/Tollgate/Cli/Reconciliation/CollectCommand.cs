using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Configuration;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Collectors;
using Tollgate.Operations.Collectors.Sources;
using Tollgate.Operations.Json;

namespace Tollgate.Cli.Reconciliation;

/// <summary><c>tollgate collect</c>: collects the providers' own usage and cost reports.</summary>
internal static class CollectCommand
{
    private static readonly UsageKind[] Kinds =
    [
        UsageKind.InputText,
        UsageKind.InputAudio,
        UsageKind.InputImage,
        UsageKind.CacheRead,
        UsageKind.CacheWrite5m,
        UsageKind.CacheWrite1h,
        UsageKind.OutputText,
        UsageKind.OutputAudio,
        UsageKind.OutputImage,
        UsageKind.ToolUse,
        UsageKind.Second,
        UsageKind.Character,
    ];

    private static readonly string[] Titles =
    [
        "day",
        "provider",
        "model",
        "key",
        "project",
        "requests",
        "input_text",
        "input_audio",
        "input_image",
        "cache_read",
        "cache_write_5m",
        "cache_write_1h",
        "output_text",
        "output_audio",
        "output_image",
        "tool_use",
        "second",
        "character",
        "cost_usd",
    ];

    private static readonly string[] Brief =
    [
        "day",
        "provider",
        "model",
        "key",
        "requests",
        "input_text",
        "cache_read",
        "output_text",
        "cost_usd",
    ];

    public static Command Create(Func<ConfigurationRequest> process, TimeProvider time) =>
        Create(process, time, new CollectOptions(takesAll: true));

    public static Command Create(Func<ConfigurationRequest> process, TimeProvider time, CollectOptions options)
    {
        var (data, format) = (CommonOptions.Data(), CommonOptions.Format());
        var command = new Command("collect", "Collect usage and cost from the providers' own reports.")
        {
            data,
            format,
        };
        options.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var request = options.Read(parsed, process());
                await using var workspace = parsed.OpenWorkspace(data, time);
                var lines = await new CollectorOperations(workspace).CollectAsync(request, cancellationToken);
                var output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(format) == "json")
                    JsonOutput.Write(output, lines, OperationsJson.Indented.IReadOnlyListReportedUsage);
                else
                    new ResultTable(Titles, lines.Select(Row)) { Brief = Brief }.Print(
                        output,
                        parsed.GetRequiredValue(format)
                    );
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"{lines.Count} lines collected.");
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static object?[] Row(ReportedUsage line) =>
        [
            line.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            line.Provider,
            line.Model,
            line.Key,
            line.Project,
            line.Requests,
            .. Kinds.Select(kind => (object?)line.Usage[kind]),
            line.Cost?.Usd,
        ];
}
