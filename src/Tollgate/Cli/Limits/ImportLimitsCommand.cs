using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Configuration;
using Tollgate.Configuration.Limits;
using Tollgate.Configuration.Variables;
using Tollgate.Operations.Json;
using Tollgate.Operations.Limits;
using Tollgate.Operations.Problems;
using Tollgate.Operations.Workspaces;

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
        var (data, format) = (CommonOptions.Data(), CommonOptions.TextFormat());
        var command = new Command(
            "import",
            "Import a file's limits into the registry: its limits are set, those no longer in the file are removed, "
                + "those set at run time are kept."
        )
        {
            file,
            data,
            format,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var problems = new ProblemList();
                IReadOnlyList<LimitSource>? sources = parsed.GetValue(file) is { } path
                    ? [Read(path, problems, time)]
                    : null;
                foreach (var problem in problems.All)
                    await parsed.InvocationConfiguration.Error.WriteLineAsync(problem.ToString());
                if (problems.HasErrors)
                    return ExitCodes.Failed;
                await using var workspace = parsed.OpenWorkspace(data, time);
                var imports = await new LimitOperations(workspace).ImportAsync(
                    sources ?? workspace.Options.ConfiguredLimits,
                    CommandWorkspace.Operator,
                    cancellationToken
                );
                if (parsed.GetValue(format) == "json")
                    JsonOutput.Write(
                        parsed.InvocationConfiguration.Output,
                        imports,
                        OperationsJson.Indented.IReadOnlyListLimitImport
                    );
                else
                    foreach (var import in imports)
                        Print(parsed, import);
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static LimitSource Read(string path, ProblemList problems, TimeProvider time)
    {
        var environment = ConfigurationRequest.FromProcess(time).Environment;
        return new LimitSource(
            Path.GetFullPath(path),
            LimitsFile.Read(
                Path.GetFullPath(path),
                VariableSet.Create(new VariableSource("environment", environment)),
                problems
            )
        );
    }

    private static void Print(ParseResult parsed, LimitImport import)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        foreach (var limit in import.Set)
            output.WriteLine($"Set {limit.Id} to {LimitRows.FormatAmount(limit.Metric, limit.Amount)}.");
        foreach (var limit in import.Removed)
            output.WriteLine($"Removed {limit.Id}: it is no longer defined in {import.Owner}.");
        foreach (var (wanted, holding) in import.Conflicts)
            error.WriteLine(
                $"tollgate: warning: {wanted.Id} was "
                    + $"{(holding.Owner is { } first ? $"defined by {first}" : "set at run time")} and is unchanged; "
                    + $"{import.Owner} defines {LimitRows.FormatAmount(wanted.Metric, wanted.Amount)}."
            );
        output.WriteLine($"{import.Owner}: {import.InForce} limits in force.");
    }
}
