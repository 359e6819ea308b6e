using System.CommandLine;
using System.Globalization;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Serving;
using Tollgate.Configuration;
using Tollgate.Operations.Prices;

namespace Tollgate.Cli.Prices;

/// <summary><c>tollgate prices list|show|import|diff|rerate</c>.</summary>
internal sealed class PricesCommand
{
    private readonly Func<ConfigurationRequest> _process;
    private readonly TimeProvider _time;

    private readonly ConfigurationFlags _flags = new();
    private readonly Option<string?> _provider = new("--provider")
    {
        Description = "Only this provider's prices.",
        HelpName = "ID",
    };
    private readonly Option<string> _format = new("--format")
    {
        Description = "The output format.",
        DefaultValueFactory = _ => "table",
    };
    private readonly Option<DateTimeOffset?> _at = Date("--at", "The prices in effect on that day; default: today.");

    private PricesCommand(Func<ConfigurationRequest> process, TimeProvider time)
    {
        _process = process;
        _time = time;
        _format.AcceptOnlyFromAmong("table", "json", "csv");
    }

    /// <summary>Creates the command.</summary>
    /// <param name="process">The arguments and environment of the process.</param>
    /// <param name="time">The clock.</param>
    public static Command Create(Func<ConfigurationRequest> process, TimeProvider time)
    {
        var prices = new PricesCommand(process, time);
        return new Command("prices", "Show and import the prices of models.")
        {
            prices.List(),
            prices.Show(),
            prices.Import(),
            PriceDiffCommand.Create(process, time),
            PriceRerateCommand.Create(process, time),
        };
    }

    private Command List()
    {
        var command = new Command("list", "List the models that have a price.") { _provider, _format, _at };
        _flags.AddTo(command, listens: false);
        command.SetAction(result =>
            Run(
                result,
                prices =>
                    PriceTable.Print(
                        result.InvocationConfiguration.Output,
                        result.GetRequiredValue(_format),
                        prices.List(result.GetValue(_provider), result.GetValue(_at)),
                        PriceTable.Summary
                    )
            )
        );
        return command;
    }

    private Command Show()
    {
        var model = new Argument<string>("MODEL") { Description = "The model's exact name or one of its aliases." };
        var command = new Command("show", "Show every rate of a model.") { model, _provider, _format, _at };
        _flags.AddTo(command, listens: false);
        command.SetAction(result =>
            Run(
                result,
                prices =>
                {
                    var name = result.GetRequiredValue(model);
                    var cards = prices.Find(name, result.GetValue(_provider), result.GetValue(_at));
                    if (cards.Count > 0)
                        return PriceTable.Print(
                            result.InvocationConfiguration.Output,
                            result.GetRequiredValue(_format),
                            cards,
                            PriceTable.Rates
                        );
                    result.InvocationConfiguration.Error.WriteLine(
                        $"No price is known for {name} on {result.GetValue(_at) ?? _time.GetUtcNow():yyyy-MM-dd}: its "
                            + "calls are unpriced."
                    );
                    return ExitCodes.Failed;
                }
            )
        );
        return command;
    }

    private Command Import()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "LiteLLM's model_prices_and_context_window.json." };
        var from = Date("--from", "The first day on which the prices apply; default: today.");
        var command = new Command("import", "Import LiteLLM's prices as custom prices.") { file, from };
        _flags.AddTo(command, listens: false);
        command.SetAction(result =>
            WithPrices(
                result,
                prices => Import(result, prices, result.GetRequiredValue(file).FullName, result.GetValue(from))
            )
        );
        return command;
    }

    private static int Import(ParseResult result, PriceOperations prices, string path, DateTimeOffset? from)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        var import = prices.Import(path, from);
        foreach (var problem in import.Result.Problems)
            error.WriteLine($"{import.File}: {problem}");
        if (import.Result.Cards.IsEmpty)
        {
            error.WriteLine($"{import.File} contains no prices, so nothing was imported.");
            return ExitCodes.Failed;
        }

        foreach (var (model, fields) in import.Result.UnsupportedFields)
            output.WriteLine(
                $"{model}: fields not recognized, so usage of these kinds is unpriced: {string.Join(", ", fields)}"
            );
        if (!import.Result.Unpriced.IsEmpty)
            output.WriteLine($"{import.Result.Unpriced.Length} models without a price per token were skipped.");
        output.WriteLine($"Imported the prices of {import.Result.Cards.Length} models into {import.Target}.");
        return ExitCodes.Success;
    }

    /// <summary>Runs on the prices that a gateway of this configuration uses, if their files can be used.</summary>
    private int Run(ParseResult result, Func<PriceOperations, int> print) =>
        WithPrices(
            result,
            prices =>
            {
                var problems = prices.FindProblems();
                foreach (var problem in problems)
                    result.InvocationConfiguration.Error.WriteLine(problem);
                return problems.Count == 0 ? print(prices) : ExitCodes.Failed;
            }
        );

    /// <summary>
    /// Runs on the prices of this configuration, whose warnings are unrelated to them.
    /// </summary>
    private int WithPrices(ParseResult result, Func<PriceOperations, int> use)
    {
        var configuration = ConfigurationLoader.Load(_flags.Read(result, _process()));
        if (!configuration.HasErrors)
            return use(new PriceOperations(configuration.Settings.CustomPrices, _time));
        foreach (var problem in configuration.Problems)
            result.InvocationConfiguration.Error.WriteLine(problem);
        return ExitCodes.UsageError;
    }

    private static Option<DateTimeOffset?> Date(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "DATE",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (
                    DateTimeOffset.TryParse(
                        text,
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.AssumeUniversal,
                        out var moment
                    )
                )
                    return moment;
                result.AddError($"{name} must be a date such as 2026-07-01, not \"{text}\".");
                return null;
            },
        };
}
