using System.CommandLine;
using System.Globalization;
using Tollgate.Hosting;
using Tollgate.Metering.Pricing;

namespace Tollgate.Commands;

/// <summary><c>tollgate prices list|show|import</c>.</summary>
internal sealed class PricesCommand
{
    private readonly Func<string?, string> _dataFolder;
    private readonly TimeProvider _time;

    private readonly Option<string?> _data = new("--data") { Description = "The data folder.", HelpName = "DIR" };
    private readonly Option<string?> _provider = new("--provider") { Description = "Only this provider's prices.", HelpName = "ID" };
    private readonly Option<string> _format = new("--format") { Description = "How to print.", DefaultValueFactory = _ => "table" };
    private readonly Option<DateTimeOffset?> _at = Date("--at", "The prices that held on that day; else today's.");

    private PricesCommand(Func<string?, string> dataFolder, TimeProvider time)
    {
        _dataFolder = dataFolder;
        _time = time;
        _format.AcceptOnlyFromAmong("table", "json", "csv");
    }

    /// <summary>Makes the command.</summary>
    /// <param name="dataFolder">Gives the data folder for what <c>--data</c> says, if anything.</param>
    /// <param name="time">The clock.</param>
    public static Command Create(Func<string?, string> dataFolder, TimeProvider time)
    {
        var prices = new PricesCommand(dataFolder, time);
        return new Command("prices", "Show and import the prices of models.") { prices.List(), prices.Show(), prices.Import() };
    }

    private Command List()
    {
        var command = new Command("list", "List the models that have a price.") { _provider, _format, _at, _data };
        command.SetAction(result => WithBook(result, book => PriceListing.Print(
            result.InvocationConfiguration.Output,
            result.GetValue(_format)!,
            InForce(book, result).OrderBy(card => card.Provider, StringComparer.Ordinal).ThenBy(card => card.Model, StringComparer.Ordinal),
            PriceListing.Summary)));
        return command;
    }

    private Command Show()
    {
        var model = new Argument<string>("MODEL") { Description = "The model's exact name or one of its aliases." };
        var command = new Command("show", "Show every rate of a model.") { model, _provider, _format, _at, _data };
        command.SetAction(result => WithBook(result, book =>
        {
            var name = result.GetValue(model)!;
            var cards = Providers(book, result).Select(provider => book.Find(provider, name, At(result))).OfType<RateCard>().ToList();
            if (cards.Count > 0) return PriceListing.Print(result.InvocationConfiguration.Output, result.GetValue(_format)!, cards, PriceListing.Rates);
            result.InvocationConfiguration.Error.WriteLine($"No price is known for {name} on {At(result):yyyy-MM-dd}: its calls are unpriced.");
            return 1;
        }));
        return command;
    }

    private Command Import()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "LiteLLM's model_prices_and_context_window.json." };
        var from = Date("--from", "The first day on which the prices hold; else today.");
        var command = new Command("import", "Import LiteLLM's prices as own prices.") { file, from, _data };
        command.SetAction(result => PriceImport.Run(
            result.GetValue(file)!,
            new OwnPrices(_dataFolder(result.GetValue(_data))),
            result.GetValue(from) ?? new DateTimeOffset(_time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero),
            DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime),
            result.InvocationConfiguration));
        return command;
    }

    private int WithBook(ParseResult result, Func<PriceBook, int> print)
    {
        var own = new OwnPrices(_dataFolder(result.GetValue(_data)));
        var read = own.Read();
        foreach (var problem in read.Problems) result.InvocationConfiguration.Error.WriteLine($"{own.Path}: {problem}");
        return read.Problems.IsEmpty ? print(BuiltInPrices.Book.With(read.Cards)) : 1;
    }

    private IEnumerable<RateCard> InForce(PriceBook book, ParseResult result) =>
        Providers(book, result).SelectMany(provider => book.Cards
            .Where(card => card.Provider == provider && book.Find(provider, card.Model, At(result)) == card));

    private IEnumerable<string> Providers(PriceBook book, ParseResult result) =>
        result.GetValue(_provider) is { } provider ? [provider] : book.Providers.Order(StringComparer.Ordinal);

    private DateTimeOffset At(ParseResult result) => result.GetValue(_at) ?? _time.GetUtcNow();

    private static Option<DateTimeOffset?> Date(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DATE",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)) return moment;
            result.AddError($"{name} must be a date such as 2026-07-01, not \"{text}\".");
            return null;
        },
    };
}
