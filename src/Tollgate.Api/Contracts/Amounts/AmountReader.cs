using System.Globalization;
using Tollgate.Api.Problems;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;

namespace Tollgate.Api.Contracts.Amounts;

/// <summary>Converts amounts of limits from a request: dollars, or whole numbers of the metric's unit.</summary>
internal static class AmountReader
{
    /// <summary>Returns an amount in the metric's unit.</summary>
    /// <param name="pointer">The place in the body.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="value">The amount.</param>
    /// <exception cref="ProblemException">It is negative, too large, or not whole where it must be.</exception>
    public static Int128 Read(string pointer, LimitMetric metric, decimal value)
    {
        try
        {
            var text = value.ToString("0.############################", CultureInfo.InvariantCulture);
            return LimitText.ParseAmount(metric, text)!.Value;
        }
        catch (FormatException exception)
        {
            throw ProblemException.Invalid(
                new ProblemError
                {
                    Pointer = pointer,
                    Code = "invalid_value",
                    Message = exception.Message,
                }
            );
        }
    }
}
