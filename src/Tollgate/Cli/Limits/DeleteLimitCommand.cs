using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Configuration.Locations;

namespace Tollgate.Cli.Limits;

/// <summary><c>tollgate limits delete</c>: deletes a limit and its counter.</summary>
internal static class DeleteLimitCommand
{
    public static Command Create(TimeProvider time)
    {
        var ids = new Argument<string[]>("LIMIT")
        {
            Description = "The limit's id, as listed.",
            Arity = ArgumentArity.OneOrMore,
        };
        var data = CommonOptions.Data();
        var command = new Command(
            "delete",
            "Delete limits and their counters. A running gateway applies it within a second."
        )
        {
            ids,
            data,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var settings = LedgerLocation.SettingsFor(parsed.GetValue(data));
                return LimitsCommand.WithLimitsAsync(
                    LedgerLocation.FromSettings(settings) with
                    {
                        TimeProvider = time,
                    },
                    async (_, definitions) =>
                    {
                        var code = ExitCodes.Success;
                        foreach (var id in parsed.GetRequiredValue(ids))
                        {
                            if (!await definitions.DeleteAsync(id, cancellationToken))
                            {
                                code = await LimitsCommand.FailAsync(
                                    parsed,
                                    $"There is no limit '{id}'. See 'tollgate limits list'."
                                );
                                continue;
                            }

                            var owner = settings
                                .Limits.FirstOrDefault(source => source.Limits.Any(limit => limit.Id == id))
                                ?.Owner;
                            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                                owner is null
                                    ? $"Deleted {id}."
                                    : $"Deleted {id}. {owner} restores it at the next start of the gateway; to lift "
                                        + $"it permanently, set it to none."
                            );
                        }

                        return code;
                    },
                    cancellationToken
                );
            }
        );
        return command;
    }
}
