using System.Text;

namespace Tollgate.Analytics.Flows;

/// <summary>One row that was not counted.</summary>
/// <param name="Source">The file.</param>
/// <param name="Line">The line that it begins on; the first line of a file is 1.</param>
/// <param name="Column">The column at fault, as the file calls it; null where it is the row.</param>
/// <param name="Reason">Why.</param>
/// <param name="Text">What stands there, at most 80 characters of it.</param>
public sealed record RejectedRow(string Source, long Line, string? Column, RejectReason Reason, string Text)
{
    private const int LongestText = 80;

    /// <summary>The row's fault as a sentence.</summary>
    public string Describe() =>
        $"{Source}, line {Line}{(Column is null ? "" : $", column '{Column}'")}: '{Text}' {Reason.Describe()}.";

    /// <summary>What is shown of a text.</summary>
    internal static string Shorten(ReadOnlySpan<byte> text)
    {
        var shown = Encoding.UTF8.GetString(text[..Math.Min(text.Length, LongestText * 4)]);
        return shown.Length <= LongestText ? shown : shown[..(LongestText - 1)] + "…";
    }
}
