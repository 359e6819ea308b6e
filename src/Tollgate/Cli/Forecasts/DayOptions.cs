using System.CommandLine;
using System.Globalization;
using Tollgate.Cli.Parsing;

namespace Tollgate.Cli.Forecasts;

/// <summary>The options for the days to read and the output format.</summary>
internal sealed class DayOptions
{
    private readonly Option<string> _zone = new("--timezone")
    {
        Description = "The time zone of days, such as Europe/Berlin.",
        DefaultValueFactory = static _ => "UTC",
        HelpName = "ZONE",
    };
    private readonly Option<string> _format = new("--format")
    {
        Description = "The output format.",
        DefaultValueFactory = static _ => "table",
    };

    public DayOptions()
    {
        _format.AcceptOnlyFromAmong("table", "json", "csv", "markdown");
        _zone.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && !TimeZoneInfo.TryFindSystemTimeZoneById(result.Tokens[0].Value, out _))
                result.AddError($"'{result.Tokens[0].Value}' is not a valid time zone. Write one like Europe/Berlin.");
        });
    }

    public Option<string?> Data { get; } = CommonOptions.Data();

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_zone, _format, Data])
            command.Add(option);
    }

    public TimeZoneInfo Zone(ParseResult parsed) => TimeZoneInfo.FindSystemTimeZoneById(parsed.GetValue(_zone)!);

    public string Format(ParseResult parsed) => parsed.GetValue(_format)!;

    /// <summary>An option with a day as its value; null if it is not given.</summary>
    public static Option<string?> Day(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "DATE" };
        option.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && Parse(result.Tokens[0].Value) is null)
                result.AddError($"'{result.Tokens[0].Value}' is not a day. Write it like 2026-11-01.");
        });
        return option;
    }

    public static DateOnly? Parse(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;
}
