namespace Tollgate.Api.Tests.OneNumber;

/// <summary>
/// Names as callers choose them: with commas, quotes, blanks, formulas, and letters beyond ASCII, and names that differ
/// only in case or in a blank.
/// </summary>
internal static class Names
{
    public static readonly (string Model, string Provider)[] Models =
    [
        ("gpt-4o", "openai"),
        ("gpt-4o", "azure"),
        ("gpt-4o-mini", "openai"),
        ("GPT-4o", "openai"),
        ("claude-sonnet-4-5", "anthropic"),
        ("text-embedding-3-small", "openai"),
        ("an \"odd\" model, v2", "house, own"),
        ("Modell-ü", "höfe"),
        ("other", "none"),
    ];

    public static readonly string?[] Users =
    [
        null,
        "",
        "ann",
        "ann",
        "Ann",
        "ann ",
        " ",
        "Zoë Müller",
        "O'Brien, \"Bob\"",
        "=1+1",
        "-5",
        "none",
        "back\\slash",
    ];

    public static readonly string?[] Projects =
    [
        null,
        "",
        "search",
        "search ",
        "a,b",
        "=SUM(A1:A9)",
        "日本語 🙂",
        "100%_sure",
    ];

    public static readonly string?[] Sessions =
    [
        null,
        "s,1",
        .. Enumerable.Range(0, 30).Select(static number => $"s-{number}"),
    ];

    public static readonly string?[] Applications = [null, "crawler", "an \"app\"", "+app"];

    public static readonly string?[] EndUsers = [null, null, "end-1", "end,2", "@end"];

    public static readonly string?[] Groups = [null, "smart", "fast, cheap"];

    public static readonly string?[] Deployments = [null, "d1", "d2"];

    public static readonly string?[] Tags = [null, "nightly", "a, b", "=x,y"];

    /// <summary>True if a name contains a text, whose ASCII letters match in either case.</summary>
    public static bool Contains(string? name, string text) =>
        name is not null && FoldCase(name).Contains(FoldCase(text), StringComparison.Ordinal);

    private static string FoldCase(string text) =>
        string.Concat(text.Select(static letter => char.IsAscii(letter) ? char.ToLowerInvariant(letter) : letter));
}
