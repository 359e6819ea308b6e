using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Cli.Serving;
using Tollgate.Configuration;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Prices;
using Tollgate.Operations.Problems;
using Tollgate.Operations.Text;

namespace Tollgate.Cli.Prices;

/// <summary><c>tollgate prices diff OLD NEW</c>: the rates that were added, removed or changed.</summary>
internal sealed class PriceDiffCommand
{
    private static readonly string[] Titles =
    [
        "change",
        "provider",
        "model",
        "tier",
        "above_input_tokens",
        "kind",
        "old_usd",
        "new_usd",
        "percent",
        "per",
    ];

    private readonly ConfigurationFlags _flags = new();
    private readonly Argument<string> _old = new("OLD")
    {
        Description =
            "A price file (Tollgate's or LiteLLM's), 'builtin', a day like 2026-07-01, or a price version prefix.",
    };
    private readonly Argument<string> _new = new("NEW")
    {
        Description = "The prices to compare with OLD, in the same forms.",
    };
    private readonly Option<string> _format = CommonOptions.Format();

    public static Command Create(Func<ConfigurationRequest> process, TimeProvider time)
    {
        var diff = new PriceDiffCommand();
        var command = new Command("diff", "Show the differences between two price lists.")
        {
            diff._old,
            diff._new,
            diff._format,
        };
        diff._flags.AddTo(command, listens: false);
        command.SetAction(parsed => diff.Run(parsed, process(), time));
        return command;
    }

    private int Run(ParseResult parsed, ConfigurationRequest process, TimeProvider time)
    {
        var configuration = ConfigurationLoader.Load(_flags.Read(parsed, process));
        if (configuration.HasErrors)
            throw new InvalidDataException(
                $"Cannot determine the prices of this configuration: "
                    + $"{configuration.Problems.First(static problem => problem.Kind == ProblemKind.Error)}"
            );
        var changes = new PriceOperations(configuration.Settings.CustomPrices, time).Compare(
            parsed.GetRequiredValue(_old),
            parsed.GetRequiredValue(_new)
        );
        new ResultTable(Titles, changes.Select(Row)).Print(
            parsed.InvocationConfiguration.Output,
            parsed.GetValue(_format)!
        );
        parsed.InvocationConfiguration.Error.WriteLine(Summary(changes));
        return ExitCodes.Success;
    }

    private static string Summary(IReadOnlyList<RateChange> changes) =>
        changes.Count == 0
            ? "The prices are the same."
            : $"{changes.Count(static change => change.Previous is null)} rates added, "
                + $"{changes.Count(static change => change.Current is null)} removed, "
                + $"{changes.Count(static change => change is { Previous: not null, Current: not null })} changed.";

    private static object?[] Row(RateChange change)
    {
        var place = change.Key;
        var isApiece = place.Kind is UsageKind.ToolUse or UsageKind.Request or UsageKind.Second;
        var scale = isApiece ? 1m : 1_000_000m;
        return
        [
            change.Previous is null ? "added"
            : change.Current is null ? "removed"
            : "changed",
            place.Provider,
            place.Model,
            SnakeCase.From(place.ServiceTier),
            place.AboveInputTokens,
            place.Kind.ToString(),
            change.Previous * scale,
            change.Current * scale,
            change.Percent is { } percent ? decimal.Round(percent, 2) : null,
            isApiece ? "each" : "million",
        ];
    }
}
