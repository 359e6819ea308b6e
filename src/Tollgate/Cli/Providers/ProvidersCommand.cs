using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Cli.Serving;
using Tollgate.Configuration;
using Tollgate.Operations;
using Tollgate.Operations.Json;
using Tollgate.Operations.Providers;

namespace Tollgate.Cli.Providers;

/// <summary><c>tollgate providers list|add|replace|test|remove</c>.</summary>
internal sealed class ProvidersCommand
{
    private static readonly string[] Titles =
    [
        "name",
        "configured",
        "source",
        "variable",
        "key",
        "stored_key",
        "address",
        "reason",
    ];

    private readonly Func<ConfigurationRequest> _process;
    private readonly TimeProvider _time;
    private readonly ConfigurationFlags _flags = new();
    private readonly Argument<string> _name = new("NAME") { Description = "The provider, such as openai." };
    private readonly Option<bool> _input = new("--key-stdin")
    {
        Description = "Read the key from the first line of standard input.",
    };
    private readonly Option<string> _format = CommonOptions.Format();

    private ProvidersCommand(Func<ConfigurationRequest> process, TimeProvider time) =>
        (_process, _time) = (process, time);

    /// <summary>Creates the command.</summary>
    /// <param name="process">The arguments and environment of the process.</param>
    /// <param name="time">The clock.</param>
    public static Command Create(Func<ConfigurationRequest> process, TimeProvider time)
    {
        var providers = new ProvidersCommand(process, time);
        return new Command("providers", "Store, test and remove the keys of providers.")
        {
            providers.CreateList(),
            providers.CreateStore("add", "Store a key for a provider that has no stored one.", isNew: true),
            providers.CreateStore("replace", "Replace the stored key of a provider.", isNew: false),
            providers.CreateTest(),
            providers.CreateRemove(),
        };
    }

    private Command CreateList()
    {
        var command = new Command("list", "List the providers, and where the key of each is from.") { _format };
        return WithSession(
            command,
            (session, parsed, _) =>
            {
                var (providers, output) = (session.Providers.List(), parsed.InvocationConfiguration.Output);
                if (parsed.GetRequiredValue(_format) == "json")
                    JsonOutput.Write(output, providers, OperationsJson.Indented.IReadOnlyListProviderDetails);
                else
                    new ResultTable(Titles, providers.Select(Row))
                    {
                        Brief = ["name", "configured", "source", "variable", "key"],
                    }.Print(output, parsed.GetRequiredValue(_format));
                return Task.FromResult(ExitCodes.Success);
            }
        );
    }

    private Command CreateStore(string verb, string description, bool isNew)
    {
        var command = new Command(
            verb,
            $"{description} It is asked for, or read from standard input, and stored encrypted."
        )
        {
            _name,
            _input,
        };
        return WithSession(command, (session, parsed, cancelled) => StoreAsync(session, parsed, isNew, cancelled));
    }

    private Command CreateTest() =>
        WithSession(
            new Command("test", "Request the list of models from a provider, to test its key.") { _name },
            async (session, parsed, cancellationToken) =>
            {
                var result = await session.Providers.TestAsync(
                    parsed.GetRequiredValue(_name),
                    CommandWorkspace.Operator,
                    cancellationToken
                );
                await parsed.InvocationConfiguration.Output.WriteLineAsync(Describe(result));
                return result.Outcome == ProviderTestOutcome.Ok ? ExitCodes.Success : ExitCodes.Failed;
            }
        );

    private Command CreateRemove() =>
        WithSession(
            new Command("remove", "Remove the stored key of a provider.") { _name },
            async (session, parsed, cancellationToken) =>
            {
                var removed = await session.Keys.RemoveAsync(parsed.GetRequiredValue(_name), cancellationToken);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    $"Removed the stored key {removed.Hint} of '{removed.Provider}'. Gateways stop using it within a "
                        + "second."
                );
                return ExitCodes.Success;
            }
        );

    private async Task<int> StoreAsync(
        ProviderSession session,
        ParseResult parsed,
        bool isNew,
        CancellationToken cancellationToken
    )
    {
        var (console, provider) = (
            parsed.InvocationConfiguration,
            session.Providers.Find(parsed.GetRequiredValue(_name))
        );
        if (isNew && provider.StoredKey is not null)
            throw new OperationException(
                OperationError.Conflict,
                $"The registry stores a key of '{provider.Name}' already. 'tollgate providers replace' replaces it."
            );
        if (!isNew && provider.StoredKey is null)
            throw new OperationException(
                OperationError.NotFound,
                $"The registry stores no key of '{provider.Name}'. 'tollgate providers add' stores one."
            );
        var key = await SecretInput.ReadAsync(
            parsed.GetValue(_input),
            $"Key of {provider.Name} (not shown): ",
            console.Error
        );
        if (key is null)
            return await parsed.FailAsync(
                "There is no terminal to ask for the key. Use --key-stdin.",
                ExitCodes.UsageError
            );
        var stored = await session.Keys.SetAsync(provider.Name, key, cancellationToken);
        await console.Output.WriteLineAsync(
            $"Stored the key {stored.Hint} of '{stored.Provider}'. Gateways use it within a second."
        );
        if (provider.Source == ProviderKeySource.Configuration)
            await parsed.WarnAsync([
                $"the configuration states a key of '{stored.Provider}', which takes precedence over the stored one",
            ]);
        return ExitCodes.Success;
    }

    private Command WithSession(Command command, Func<ProviderSession, ParseResult, CancellationToken, Task<int>> run)
    {
        _flags.AddTo(command, listens: false);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var session = await ProviderSession.OpenAsync(
                    parsed,
                    _flags.Read(parsed, _process()),
                    _time,
                    cancellationToken
                );
                return await run(session, parsed, cancellationToken);
            }
        );
        return command;
    }

    private static object?[] Row(ProviderDetails provider) =>
        [
            provider.Name,
            provider.Configured,
            provider.Source.ToString().ToLowerInvariant(),
            provider.Variable,
            provider.Key,
            provider.StoredKey is { } stored ? stored.Problem ?? stored.Hint : null,
            provider.Address,
            provider.Reason,
        ];

    private static string Describe(ProviderTestResult result) =>
        result.Outcome switch
        {
            ProviderTestOutcome.Ok => $"{result.Provider} accepts the key (status {result.Status}).",
            ProviderTestOutcome.Refused => $"{result.Provider} rejects the key (status {result.Status}).",
            ProviderTestOutcome.Unreachable => $"{result.Provider} did not respond within ten seconds.",
            ProviderTestOutcome.AddressRefused =>
                $"The name of {result.Provider} leads to a link-local or metadata address. Nothing was sent.",
            _ => $"{result.Provider} responded with status {result.Status}, so the key was not tested.",
        };
}
