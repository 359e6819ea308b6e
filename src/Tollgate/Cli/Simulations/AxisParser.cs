using System.Globalization;
using Tollgate.Analytics.Simulation.Questions;
using Tollgate.Cli.Parsing;

namespace Tollgate.Cli.Simulations;

/// <summary>
/// Parses values of <c>--vary</c>: <c>workload.volume=0.5,1,2</c>, or <c>plans[team].fee=0..40:9</c> for nine values.
/// </summary>
internal static class AxisParser
{
    private const NumberStyles Numbers =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <exception cref="UsageException">The text is not valid.</exception>
    public static SensitivityAxis Parse(string text)
    {
        var cut = text.LastIndexOf('=');
        if (cut <= 0)
            throw CreateException(text);
        var (parameter, values) = (text[..cut].Trim(), text[(cut + 1)..]);
        if (values.Split("..") is not [var from, var rest])
            return new SensitivityAxis(parameter, [.. values.Split(',').Select(value => Number(value, text))]);
        var points = 5;
        if (
            rest.Split(':') is [var to, var count]
            && (
                !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out points)
                || points is < 2 or > 1000
            )
        )
            throw new UsageException($"--vary '{text}': the number of values must be from 2 to 1000, not '{count}'.");
        else
            to = rest.Split(':')[0];
        return SensitivityAxis.Between(parameter, Number(from, text), Number(to, text), points);
    }

    private static double Number(string value, string text) =>
        double.TryParse(value.Trim(), Numbers, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw CreateException(text);

    private static UsageException CreateException(string text) =>
        new($"--vary '{text}' is not PATH=VALUES, such as workload.volume=0.5,1,2 or workload.users=5..50:10.");
}
