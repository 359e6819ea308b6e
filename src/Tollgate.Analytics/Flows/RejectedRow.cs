using System.Text;

namespace Tollgate.Analytics.Flows;

/// <summary>One row that was not counted.</summary>
/// <param name="Source">The file.</param>
/// <param name="Line">The line that it starts on; the first line of a file is 1.</param>
/// <param name="Column">The invalid column, under its name in the file; null if the whole row is invalid.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Text">The invalid text, at most 80 characters of it.</param>
public sealed record RejectedRow(string Source, long Line, string? Column, RejectReason Reason, string Text)
{
    private const int MaxTextLength = 80;

    /// <summary>The problem with the row, as a sentence.</summary>
    public string Describe() =>
        $"{Source}, line {Line}{(Column is null ? "" : $", column '{Column}'")}: '{Text}' {Reason.Describe()}.";

    /// <summary>The part of a text that is shown.</summary>
    internal static string Shorten(ReadOnlySpan<byte> text)
    {
        var shown = Encoding.UTF8.GetString(text[..Math.Min(text.Length, MaxTextLength * 4)]);
        return shown.Length <= MaxTextLength ? shown : shown[..(MaxTextLength - 1)] + "…";
    }
}
