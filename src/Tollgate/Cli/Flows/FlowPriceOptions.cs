using System.CommandLine;
using System.Globalization;
using Tollgate.Analytics.Flows;
using Tollgate.Configuration.Locations;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Cli.Flows;

/// <summary>The options for token prices.</summary>
internal sealed class FlowPriceOptions
{
    private readonly Option<decimal?> _in = new("--price-in")
    {
        Description = "USD per 1M input tokens; default: 2.50.",
        HelpName = "USD",
    };
    private readonly Option<decimal?> _out = new("--price-out")
    {
        Description = "USD per 1M output tokens; default: 10.00.",
        HelpName = "USD",
    };
    private readonly Option<string?> _model = new("--model")
    {
        Description = "Use both prices of this model in the price book: MODEL or PROVIDER/MODEL.",
        HelpName = "NAME",
    };

    public FlowPriceOptions()
    {
        foreach (var option in (Option<decimal?>[])[_in, _out])
        {
            option.CustomParser = static result =>
            {
                if (
                    decimal.TryParse(
                        result.Tokens[0].Value,
                        NumberStyles.AllowDecimalPoint,
                        CultureInfo.InvariantCulture,
                        out var price
                    )
                    && price <= FlowPrices.MaxPerMillion
                    && decimal.Round(price, 6) == price
                )
                    return price;
                result.AddError(
                    $"'{result.Tokens[0].Value}' is not a valid price: 0 to {FlowPrices.MaxPerMillion} USD per 1M "
                        + $"tokens, with at most six decimals."
                );
                return null;
            };
        }
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_in, _out, _model])
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (
                result.GetValue(_model) is not null
                && (result.GetResult(_in) is not null || result.GetResult(_out) is not null)
            )
                result.AddError("--model cannot be combined with --price-in and --price-out.");
        });
    }

    /// <summary>True if any of them is given.</summary>
    public bool AreSet(ParseResult parsed) =>
        parsed.GetValue(_model) is not null || parsed.GetValue(_in) is not null || parsed.GetValue(_out) is not null;

    /// <exception cref="FormatException">The price book does not contain the model's prices.</exception>
    public FlowPrices Read(ParseResult parsed, TimeProvider time)
    {
        if (parsed.GetValue(_model) is { } model)
            return FromModel(model, time.GetUtcNow());
        var (given, back) = (parsed.GetValue(_in), parsed.GetValue(_out));
        return given is null && back is null
            ? FlowPrices.Default
            : new FlowPrices(
                given ?? FlowPrices.Default.InputPerMillion,
                back ?? FlowPrices.Default.OutputPerMillion,
                "options"
            );
    }

    private static FlowPrices FromModel(string name, DateTimeOffset now)
    {
        var book = LedgerLocation.Prices(LedgerLocation.Resolve(null));
        var card = book.FindProvider(name, now) is { } provider
            ? book.Find(provider, name, now)
            : SplitQualifiedName(book, name, now);
        if (card is null)
            throw new FormatException(
                $"The price book has no unique price for '{name}'. 'tollgate prices list' shows all; write "
                    + $"PROVIDER/MODEL if several providers have it, or use --price-in and --price-out."
            );
        var tier = card.FindTier(ServiceTier.Standard);
        if (tier?[UsageKind.InputText] is not { } input || tier[UsageKind.OutputText] is not { } output)
            throw new FormatException(
                $"The price book has no input and output price for '{name}'. Use --price-in and --price-out."
            );
        return new FlowPrices(input * 1_000_000, output * 1_000_000, card.PriceVersion);
    }

    /// <summary>PROVIDER/MODEL.</summary>
    private static RateCard? SplitQualifiedName(PriceBook book, string name, DateTimeOffset now) =>
        name.Split('/', 2) is [var provider, var model] ? book.Find(provider, model, now) : null;
}
