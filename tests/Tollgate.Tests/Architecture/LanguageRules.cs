using System.Text.RegularExpressions;

namespace Tollgate.Tests.Architecture;

/// <summary>
/// Patterns of the style sheet in CONTRIBUTING.md that a program can recognize. They hold for documentation pages, XML
/// docs, comments, texts of the program, and test names.
/// </summary>
internal static partial class LanguageRules
{
    /// <summary>The rules, each with what to write instead.</summary>
    public static IReadOnlyList<(Regex Pattern, string Advice)> All { get; } =
    [
        (NounClause(), "Start with the subject: no sentence starts with a What/Who/Whom/Of/Whether clause."),
        (IsNo(), "Write \"X is not a valid Y\"."),
        (Tells(), "Programs report, return, notify, log, or show; they do not tell, say, or know."),
        (Nobody(), "Name the caller, client, operator, user, or process."),
        (Otherwise(), "Write \"if absent\" or \"otherwise\"."),
        (OldWords(), "Write again, from scratch, each, is, compute, or in advance."),
        (HouseWords(), "Use the field's term: gateway, response, timeout, lease, error, status."),
        (British(), "Write US English."),
    ];

    /// <summary>
    /// Places where a pattern is right: quoted names of other systems, SQL, and idioms that only look like a finding.
    /// </summary>
    public static IReadOnlyList<Regex> Exceptions { get; } = [Excepted()];

    [GeneratedRegex(
        @"(?:^|[.:!] )(?:What|Who|Whom|Whoever|Whose|Whatever|Whether)\b(?![^.]*\?)|^Of (?:a|the|what|which)\b"
    )]
    private static partial Regex NounClause();

    [GeneratedRegex(@"(?<!\b[Tt]here )\bis no (?!longer\b|more than\b|matter\b)\w+")]
    private static partial Regex IsNo();

    [GeneratedRegex(@"\b(?:tells|told|says|knows)\b")]
    private static partial Regex Tells();

    [GeneratedRegex(@"\b(?:[Nn]obody|[Ss]omebody|[Ee]verybody|[Ww]hoever|[Ww]hosoever|whom)\b")]
    private static partial Regex Nobody();

    [GeneratedRegex(@"[,;] else\b|\bwhere there is none\b")]
    private static partial Regex Otherwise();

    [GeneratedRegex(@"\b(?:anew|apiece|[Rr]eckon\w*|beforehand|[Ss]tands for itself|thereof|wherefrom)\b")]
    private static partial Regex OldWords();

    [GeneratedRegex(@"\b(?:[Gg]ates?|patience|[Ff]aults?|standings?)\b(?!way)")]
    private static partial Regex HouseWords();

    [GeneratedRegex(
        @"\b(?:[Ll]icence|[Oo]rganisation\w*|[Bb]ehaviou?rs?(?<=our|ours)|[Cc]olour\w*|[Cc]entre\b|[Cc]ancelled\b|"
            + @"\w+ise[ds]?\b(?<=recognise[ds]?|authorise[ds]?|summarise[ds]?|normalise[ds]?))"
    )]
    private static partial Regex British();

    [GeneratedRegex(@"segmentation fault|page faults?|\bNOTICE\b")]
    private static partial Regex Excepted();
}
