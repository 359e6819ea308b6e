using System.Globalization;
using Tollgate.Metering.Usage;

namespace Tollgate.Api.Tests.OneNumber;

/// <summary>Generates conditions that select some of the records.</summary>
internal sealed class ConditionGenerator(Random random, IReadOnlyList<UsageRecord> records)
{
    private static readonly string[] Texts = ["gpt", "ANN", "ü", "4O", "\"odd\"", "s-1", "%", "\\", "日本"];

    /// <summary>Returns a condition.</summary>
    public Condition Next() =>
        random.Next(16) switch
        {
            < 6 => CreateEqual(NextOf(Dimensions.Common)),
            < 8 => CreateSet(NextOf(Dimensions.Common), isIn: true),
            8 => CreateSet(NextOf([.. Dimensions.All.Keys]), isIn: false),
            9 => CreateEqual(NextOf([.. Dimensions.All.Keys])),
            10 => CreateContains(NextOf([.. Dimensions.All.Keys])),
            11 or 12 => CreateFlag(),
            13 => CreateStatus(),
            14 => CreateCost(),
            _ => CreateDuration(),
        };

    /// <summary>Returns a text to search for.</summary>
    public string NextText() => NextOf(Texts);

    private Condition CreateEqual(string field)
    {
        var (dimension, name) = (Dimensions.All[field], NextName(field));
        return new Condition(field, "eq", [name ?? ""], record => dimension(record) == name);
    }

    private Condition CreateSet(string field, bool isIn)
    {
        var dimension = Dimensions.All[field];
        List<string?> names = [NextName(field), NextName(field)];
        // One value would be split at its commas.
        if (random.Next(5) == 0 || names[0] == names[1])
            names.Add("none of them");
        return new Condition(
            field,
            isIn ? "in" : "not_in",
            [.. names.Select(static name => name ?? "")],
            record => names.Contains(dimension(record)) == isIn
        );
    }

    private Condition CreateContains(string field)
    {
        var (dimension, text) = (Dimensions.All[field], NextText());
        return new Condition(field, "contains", [text], record => Names.Contains(dimension(record), text));
    }

    private Condition CreateFlag()
    {
        var expected = random.Next(3) > 0;
        (string Name, Func<UsageRecord, bool> Has) flag = random.Next(5) switch
        {
            0 => ("error", static record => record.Corrects is null && Reference.IsFailure(record.Outcome)),
            1 => (
                "unpriced",
                static record => record.Corrects is null ? record.Cost is null : record.Outcome == CallOutcome.Repriced
            ),
            2 => ("estimated", static record => record.Corrects is null && record.UsageSource == UsageSource.Estimated),
            3 => ("streamed", static record => record.Streamed),
            _ => ("correction", static record => record.Corrects is not null),
        };
        return new Condition(flag.Name, "eq", [expected ? "true" : "false"], record => flag.Has(record) == expected);
    }

    private Condition CreateStatus()
    {
        CallOutcome[] outcomes = [NextOf(records).Outcome, NextOf(Enum.GetValues<CallOutcome>())];
        return new Condition(
            "status",
            "in",
            [.. outcomes.Select(SnakeCase)],
            record => outcomes.Contains(record.Outcome)
        );
    }

    private Condition CreateCost()
    {
        var bound = NextOf(records).Cost?.Usd ?? -0.5m;
        return random.Next(2) == 0
            ? new Condition("cost", "gte", [Format(bound)], record => record.Cost?.Usd >= bound)
            : new Condition("cost", "lte", [Format(bound)], record => record.Cost?.Usd <= bound);
    }

    private Condition CreateDuration()
    {
        var bound = NextOf(records).Duration.Ticks / TimeSpan.TicksPerMicrosecond;
        var text = Format(bound / 1_000_000m);
        return random.Next(2) == 0
            ? new Condition("duration", "gte", [text], record => Micros(record) >= bound)
            : new Condition("duration", "lte", [text], record => Micros(record) <= bound);
    }

    private string? NextName(string field) => Dimensions.All[field](NextOf(records));

    private T NextOf<T>(IReadOnlyList<T> values) => values[random.Next(values.Count)];

    private static long Micros(UsageRecord record) => record.Duration.Ticks / TimeSpan.TicksPerMicrosecond;

    private static string SnakeCase(CallOutcome outcome) =>
        System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString());

    private static string Format(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
