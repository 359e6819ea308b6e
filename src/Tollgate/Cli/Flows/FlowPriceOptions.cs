using System.CommandLine;
using System.Globalization;
using Tollgate.Analytics.Flows;
using Tollgate.Operations;
using Tollgate.Operations.Flows;

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

    /// <summary>Returns the prices.</summary>
    /// <exception cref="OperationException">The price book does not contain the model's prices.</exception>
    public FlowPrices Read(ParseResult parsed, FlowOperations flows)
    {
        if (parsed.GetValue(_model) is { } model)
            return flows.FindPrices(model);
        var (input, output) = (parsed.GetValue(_in), parsed.GetValue(_out));
        return input is null && output is null
            ? FlowPrices.Default
            : new FlowPrices(
                input ?? FlowPrices.Default.InputPerMillion,
                output ?? FlowPrices.Default.OutputPerMillion,
                "options"
            );
    }
}
