using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tollgate.Tests.Architecture;

/// <summary>Everything that people read is plain, idiomatic US English, as far as patterns can tell.</summary>
public partial class LanguageTests
{
    [Fact]
    public void Documentation_pages_follow_the_style_sheet() =>
        SourceFiles.Markdown().SelectMany(file => Findings(file, Prose(File.ReadAllLines(file)))).ShouldBeEmpty();

    [Fact]
    public void Comments_and_texts_of_the_program_follow_the_style_sheet() =>
        SourceFiles.CSharp("src").SelectMany(file => Findings(file, Texts(file))).ShouldBeEmpty();

    [Fact]
    public void Test_names_follow_the_style_sheet() =>
        SourceFiles.CSharp("tests").SelectMany(file => Findings(file, TestNames(file))).ShouldBeEmpty();

    [Theory]
    [InlineData("What is to be done about a key.")]
    [InlineData("'5x' is no time of grace.")]
    [InlineData("The gate says so.")]
    [InlineData("Nobody is told of it.")]
    [InlineData("The folder, else the user's own.")]
    [InlineData("The organisation's licence.")]
    public void The_patterns_find_what_they_are_for(string text) => Violations(text).ShouldNotBeEmpty();

    [Theory]
    [InlineData("'5x' is not a valid grace period.")]
    [InlineData("There is no key with this prefix.")]
    [InlineData("What is the difference between a call and an attempt?")]
    [InlineData("The gateway returns the response of the provider.")]
    public void The_patterns_leave_plain_sentences_alone(string text) => Violations(text).ShouldBeEmpty();

    private static IEnumerable<string> Findings(string file, IEnumerable<(int Line, string Text)> texts) =>
        from place in texts
        from violation in Violations(place.Text)
        select $"{SourceFiles.Relative(file)}:{place.Line}: {violation} In: {place.Text.Trim()}";

    private static IEnumerable<string> Violations(string text) =>
        from rule in LanguageRules.All
        where !LanguageRules.Exceptions.Any(exception => exception.IsMatch(text))
        let match = rule.Pattern.Match(text)
        where match.Success
        select $"\"{match.Value.Trim()}\": {rule.Advice}";

    /// <summary>The lines of a page outside code blocks and quotations, without inline code and link targets.</summary>
    private static IEnumerable<(int Line, string Text)> Prose(string[] lines)
    {
        var isCode = false;
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal))
                isCode = !isCode;
            else if (!isCode && !lines[i].StartsWith('>'))
                yield return (i + 1, Code().Replace(lines[i], "`"));
        }
    }

    private static IEnumerable<(int Line, string Text)> Texts(string file)
    {
        var root = Parse(file);
        foreach (var trivia in root.DescendantTrivia(descendIntoTrivia: false))
            if (
                trivia.IsKind(SyntaxKind.SingleLineCommentTrivia)
                || trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia)
            )
                foreach (var line in Comment(trivia))
                    yield return line;
        foreach (var token in root.DescendantTokens())
            if (IsText(token) && token.ValueText.Count(letter => letter == ' ') >= 2)
                yield return (LineOf(token.GetLocation()), Code().Replace(token.ValueText, "`"));
    }

    private static IEnumerable<(int Line, string Text)> Comment(SyntaxTrivia trivia)
    {
        var line = LineOf(trivia.GetLocation());
        foreach (var text in trivia.ToFullString().Split('\n'))
            yield return (line++, Code().Replace(Tag().Replace(text, ""), "`").Trim().TrimStart('/').Trim());
    }

    private static bool IsText(SyntaxToken token) =>
        token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.InterpolatedStringTextToken);

    private static IEnumerable<(int Line, string Text)> TestNames(string file) =>
        from method in Parse(file).DescendantNodes().OfType<MethodDeclarationSyntax>()
        where method.AttributeLists.Count > 0 && method.Identifier.Text.Contains('_')
        select (LineOf(method.Identifier.GetLocation()), method.Identifier.Text.Replace('_', ' '));

    private static SyntaxNode Parse(string file) => CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot();

    private static int LineOf(Location location) => location.GetLineSpan().StartLinePosition.Line + 1;

    [GeneratedRegex(@"`[^`]*`|<c>.*?</c>|\]\([^)]*\)")]
    private static partial Regex Code();

    [GeneratedRegex(@"<(?!c>|/c>)[^>]*>")]
    private static partial Regex Tag();
}
