using System.CommandLine;
using Tollgate.Accounting.Limits.Definitions;
using Tollgate.Cli.Parsing;
using Tollgate.Configuration;
using Tollgate.Configuration.Limits;
using Tollgate.Configuration.Locations;
using Tollgate.Configuration.Problems;
using Tollgate.Configuration.Settings;
using Tollgate.Configuration.Variables;

namespace Tollgate.Cli.Limits;

/// <summary>
/// <c>tollgate limits import</c>: imports a <c>limits.yaml</c>, or the configuration's limits, into the registry.
/// </summary>
internal static class ImportLimitsCommand
{
    public static Command Create(TimeProvider time)
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "A limits.yaml; default: the limits of the configuration, as imported when a gateway starts.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var data = CommonOptions.Data();
        var command = new Command(
            "import",
            "Import a file's limits into the registry: its limits are set, those no longer in the file are removed, "
                + "those set at run time are kept."
        )
        {
            file,
            data,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var settings = LedgerLocation.SettingsFor(parsed.GetValue(data));
                var problems = new ProblemList();
                var sources = parsed.GetValue(file) is { } path ? [Read(path, problems)] : settings.Limits;
                foreach (var problem in problems.All)
                    parsed.InvocationConfiguration.Error.WriteLine(problem);
                if (problems.HasErrors)
                    return Task.FromResult(ExitCodes.Failed);
                var options = LedgerLocation.FromSettings(settings) with { TimeProvider = time };
                return LimitsCommand.WithLimitsAsync(
                    options,
                    async (ledger, definitions) =>
                    {
                        IReadOnlyList<string> owners = [.. sources.Select(static source => source.Owner)];
                        foreach (var source in sources)
                        {
                            var brought = await definitions.ImportAsync(
                                source.Owner,
                                source.Limits,
                                owners,
                                cancellationToken
                            );
                            await LimitsCommand.CountEarlierAsync(ledger, options, brought.Changes, cancellationToken);
                            Print(parsed, source, brought);
                        }

                        return ExitCodes.Success;
                    },
                    cancellationToken
                );
            }
        );
        return command;
    }

    private static LimitSource Read(string path, ProblemList problems)
    {
        var environment = ConfigurationRequest.FromProcess(TimeProvider.System).Environment;
        return new LimitSource(
            Path.GetFullPath(path),
            LimitsFile.Read(
                Path.GetFullPath(path),
                VariableSet.Create(new VariableSource("environment", environment)),
                problems
            )
        );
    }

    private static void Print(ParseResult parsed, LimitSource source, LimitImportResult brought)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        foreach (var (before, after) in brought.Changes)
            output.WriteLine(
                after is null
                    ? $"Removed {before!.Id}: it is no longer defined in {source.Owner}."
                    : $"Set {after.Id} to {LimitFormatter.FormatAmount(after, after.Amount)}."
            );
        foreach (var (wanted, holding) in brought.Conflicts)
            error.WriteLine(
                $"tollgate: warning: {wanted.Id} was "
                    + $"{(holding.Owner is { } first ? $"defined by {first}" : "set at run time")} and is unchanged; "
                    + $"{source.Owner} defines {LimitFormatter.FormatAmount(wanted, wanted.Amount)}."
            );
        output.WriteLine($"{source.Owner}: {source.Limits.Count - brought.Conflicts.Count} limits in force.");
    }
}
