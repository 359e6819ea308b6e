using Tollgate.Api.Contracts.Amounts;
using Tollgate.Api.Problems;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;
using Tollgate.Metering.Limits.Windows;
using Tollgate.Operations.Limits;
using Tollgate.Operations.Text;

namespace Tollgate.Api.Contracts.Limits;

/// <summary>Converts limits from a request.</summary>
internal static class LimitReader
{
    /// <summary>Returns the limit that a request sets.</summary>
    /// <exception cref="ProblemException">A field is not valid.</exception>
    public static SetLimitRequest Read(SetLimitBody body)
    {
        var window = ReadWindow(body);
        return new SetLimitRequest
        {
            Scope = ReadScope(body.Scope ?? []),
            Expression = new LimitExpression(
                body.Metric,
                window,
                body.Amount.Value is { } amount ? AmountReader.Read("/amount", body.Metric, amount) : null
            ),
            Mode = body.Mode,
            AlertAt = body.AlertAt,
        };
    }

    /// <summary>Returns the change that increases a limit until a time.</summary>
    /// <exception cref="ProblemException">The amount is not valid.</exception>
    public static SetLimitRequest Increase(LimitDetails limit, IncreaseLimitBody body) =>
        new()
        {
            Scope = LimitScope.Create(limit.Scope.Select(static term => new ScopeTerm(term.Dimension, term.Value))),
            Expression = new LimitExpression(
                limit.Metric,
                ParseWindow(limit.Metric, limit.Window, default),
                limit.Amount is { } amount ? AmountReader.Read("/amount", limit.Metric, amount) : null
            ),
            Increase = new TemporaryIncrease(
                body.Amount.Value is { } increased
                    ? AmountReader.Read("/amount", limit.Metric, increased)
                    : throw CreateException(
                        "/amount",
                        "amount must be the higher amount. Delete the limit to remove it."
                    ),
                body.Until
            ),
            KeepsWindow = true,
        };

    private static LimitWindow ReadWindow(SetLimitBody body)
    {
        var burst = body.Burst.Value is { } amount ? AmountReader.Read("/burst", body.Metric, amount) : (Int128?)null;
        TimeZoneInfo? zone = null;
        if (body.TimeZone is { } id && !TimeZoneName.TryFind(id, out zone))
            throw CreateException(
                "/time_zone",
                $"There is no time zone '{id}'. Use an IANA name such as Europe/Berlin."
            );
        return ParseWindow(body.Metric, body.Window, new WindowOptions(zone, Burst: burst));
    }

    private static LimitWindow ParseWindow(LimitMetric metric, string? text, WindowOptions options)
    {
        if (LimitName.GetInstantWindow(metric) is { } instant)
            return text is null or "" || text == instant.Text
                ? instant
                : throw CreateException(
                    "/window",
                    $"The metric {LimitName.Format(metric)} has no window. Leave it out."
                );
        try
        {
            return WindowText.Parse(text ?? "", options);
        }
        catch (FormatException exception)
        {
            throw CreateException("/window", exception.Message);
        }
    }

    private static LimitScope ReadScope(IReadOnlyList<ScopeField> fields)
    {
        try
        {
            return LimitScope.Create(fields.Select(static field => new ScopeTerm(field.Dimension, field.Value)));
        }
        catch (ArgumentException exception)
        {
            throw CreateException("/scope", exception.Message.Split(" (Parameter")[0]);
        }
    }

    private static ProblemException CreateException(string pointer, string message) =>
        ProblemException.Invalid(
            new ProblemError
            {
                Pointer = pointer,
                Code = "invalid_value",
                Message = message,
            }
        );
}
