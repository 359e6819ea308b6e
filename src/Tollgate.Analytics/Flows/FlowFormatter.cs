namespace Tollgate.Analytics.Flows;

/// <summary>Formats the findings of a flow analysis.</summary>
public static class FlowFormatter
{
    /// <summary>The end of a sentence that starts with the invalid text.</summary>
    public static string Describe(this RejectReason reason) =>
        reason switch
        {
            RejectReason.FieldCount => "has more or fewer fields than the first line",
            RejectReason.UnclosedQuote => "opens a quote that does not close within 1 MiB",
            RejectReason.StrayQuote => "has text between a quoted field and the next separator",
            RejectReason.TooLong => "is longer than 1 MiB",
            RejectReason.InvalidUtf8 => "is not UTF-8",
            RejectReason.NotANumber => "is not a number",
            RejectReason.Negative => "is negative",
            RejectReason.TooLarge => "is more than 4 billion tokens",
            RejectReason.EndBeforeStart => "is before the flow's start",
            _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "The reason is not defined."),
        };

    /// <summary>A machine-readable name: <c>end_before_start</c>.</summary>
    public static string Code(this RejectReason reason) => Snake(reason.ToString());

    /// <summary>A machine-readable name: <c>finished_at_missing</c>.</summary>
    public static string Code(this TimeGap gap) => Snake(gap.ToString());

    private static string Snake(string name) =>
        string.Concat(
            name.Select(
                static (letter, index) =>
                    index > 0 && char.IsUpper(letter)
                        ? $"_{char.ToLowerInvariant(letter)}"
                        : $"{char.ToLowerInvariant(letter)}"
            )
        );
}
