using System.CommandLine;
using System.Globalization;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Serving;
using Tollgate.Configuration;
using Tollgate.Metering.Pricing;
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
            WithBook(
                result,
                book =>
                    PriceTable.Print(
                        result.InvocationConfiguration.Output,
                        result.GetValue(_format)!,
                        InEffect(book, result)
                            .OrderBy(card => card.Provider, StringComparer.Ordinal)
                            .ThenBy(card => card.Model, StringComparer.Ordinal),
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
            WithBook(
                result,
                book =>
                {
                    var name = result.GetValue(model)!;
                    var cards = Providers(book, result)
                        .Select(provider => book.Find(provider, name, At(result)))
                        .OfType<RateCard>()
                        .ToList();
                    if (cards.Count > 0)
                        return PriceTable.Print(
                            result.InvocationConfiguration.Output,
                            result.GetValue(_format)!,
                            cards,
                            PriceTable.Rates
                        );
                    result.InvocationConfiguration.Error.WriteLine(
                        $"No price is known for {name} on {At(result):yyyy-MM-dd}: its calls are unpriced."
                    );
                    return 1;
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
            WithCustomPrices(
                result,
                own =>
                    PriceImport.Run(
                        result.GetValue(file)!,
                        own,
                        result.GetValue(from) ?? new DateTimeOffset(_time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero),
                        DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime),
                        result.InvocationConfiguration
                    )
            )
        );
        return command;
    }

    /// <summary>
    /// The custom prices that a gateway of this configuration uses. Configuration warnings are unrelated to them.
    /// </summary>
    private int WithCustomPrices(ParseResult result, Func<CustomPrices, int> use)
    {
        var configuration = ConfigurationLoader.Load(_flags.Read(result, _process()));
        if (!configuration.HasErrors)
            return use(configuration.Settings.CustomPrices);
        foreach (var problem in configuration.Problems)
            result.InvocationConfiguration.Error.WriteLine(problem);
        return ExitCodes.UsageError;
    }

    private int WithBook(ParseResult result, Func<PriceBook, int> print) =>
        WithCustomPrices(
            result,
            own =>
            {
                var problems = own.Problems();
                foreach (var problem in problems)
                    result.InvocationConfiguration.Error.WriteLine(problem);
                return problems.Count == 0 ? print(own.BuildPriceBook()) : ExitCodes.Failed;
            }
        );

    private IEnumerable<RateCard> InEffect(PriceBook book, ParseResult result) =>
        Providers(book, result)
            .SelectMany(provider =>
                book.Cards.Where(card =>
                    card.Provider == provider && book.Find(provider, card.Model, At(result)) == card
                )
            );

    private IEnumerable<string> Providers(PriceBook book, ParseResult result) =>
        result.GetValue(_provider) is { } provider ? [provider] : book.Providers.Order(StringComparer.Ordinal);

    private DateTimeOffset At(ParseResult result) => result.GetValue(_at) ?? _time.GetUtcNow();

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
