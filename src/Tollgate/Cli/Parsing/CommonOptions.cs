using System.CommandLine;
using System.Globalization;
using Tollgate.Cli.Rendering;

namespace Tollgate.Cli.Parsing;

/// <summary>The options that are common to all commands.</summary>
internal static class CommonOptions
{
    /// <summary><c>--data DIR</c>.</summary>
    public static Option<string?> Data() =>
        new("--data")
        {
            Description =
                "The data folder; default: $TOLLGATE_HOME, then the configuration's, then the user's own data folder.",
            HelpName = "DIR",
        };

    /// <summary><c>--format table|json|csv</c>.</summary>
    public static Option<string> Format()
    {
        var format = new Option<string>("--format")
        {
            Description = "The output format.",
            DefaultValueFactory = static _ => "table",
        };
        format.AcceptOnlyFromAmong(ResultTable.Formats);
        return format;
    }

    /// <summary><c>--format text|json</c>, for commands that report a change in sentences.</summary>
    public static Option<string> TextFormat()
    {
        var format = new Option<string>("--format")
        {
            Description = "The output format.",
            DefaultValueFactory = static _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "json");
        return format;
    }

    /// <summary>
    /// A number with an optional decimal point, within bounds. .NET would ignore commas and read 1,5 as 15.
    /// </summary>
    public static Option<decimal?> Number(
        string name,
        string description,
        string value,
        decimal? min = null,
        decimal? max = null
    ) =>
        new(name)
        {
            Description = description,
            HelpName = value,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (
                    !decimal.TryParse(
                        text,
                        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                        CultureInfo.InvariantCulture,
                        out var number
                    )
                )
                    result.AddError($"{name} must be a number such as 0.25, not '{text}'.");
                else if (number < min || number > max)
                    result.AddError(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{name} must be a number "
                                + $"{(max is null ? $"of at least {min}" : $"from {min} to {max}")}, not '{text}'."
                        )
                    );
                else
                    return number;
                return null;
            },
        };

    /// <summary>
    /// A whole number within bounds. Validated as text: the parser throws if a validator reads a value that is not a
    /// number.
    /// </summary>
    public static Option<int> WholeNumber(string name, string description, int defaultValue, int min, int max)
    {
        var option = new Option<int>(name)
        {
            Description = description,
            DefaultValueFactory = _ => defaultValue,
            HelpName = "N",
        };
        option.Validators.Add(result =>
        {
            if (
                result.Tokens.Count > 0
                && !(
                    int.TryParse(
                        result.Tokens[0].Value,
                        NumberStyles.None,
                        CultureInfo.InvariantCulture,
                        out var number
                    )
                    && number >= min
                    && number <= max
                )
            )
                result.AddError($"{name} '{result.Tokens[0].Value}' is not a whole number from {min} to {max}.");
        });
        return option;
    }
}
