using System.CommandLine.Parsing;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;

namespace Tollgate.Cli.Limits;

/// <summary>
/// The arguments of <c>limits set</c>, in order: scope options, then the limits for that scope, then optionally the
/// next scope. Consecutive scope options are combined.
/// </summary>
internal static class LimitArguments
{
    /// <summary>Returns each limit as written, with its scope.</summary>
    /// <param name="tokens">The tokens of the command line.</param>
    /// <param name="named">The options with a value of a dimension.</param>
    /// <param name="each">The flags for every single value of a dimension.</param>
    /// <param name="global">The flag for all calls.</param>
    /// <exception cref="FormatException">A limit precedes any scope, or a scope has no limit.</exception>
    public static IReadOnlyList<(LimitScope Scope, string Limit)> Read(
        IReadOnlyList<Token> tokens,
        IReadOnlyDictionary<string, LimitDimension> named,
        IReadOnlyDictionary<string, LimitDimension> each,
        string global
    )
    {
        var found = new List<(LimitScope, string)>();
        var terms = new List<ScopeTerm>();
        var (isOpen, isScoped, last) = (false, false, "");
        for (var index = 0; index < tokens.Count; index++)
        {
            var (type, word) = (tokens[index].Type, tokens[index].Value);
            if (type == TokenType.Option && (word == global || each.ContainsKey(word) || named.ContainsKey(word)))
            {
                if (!isOpen)
                    terms.Clear();
                (isOpen, isScoped, last) = (true, true, word);
                if (each.TryGetValue(word, out var dimension))
                    terms.Add(new ScopeTerm(dimension, null));
                else if (named.TryGetValue(word, out dimension))
                    terms.Add(LimitScopeText.ParseTerm(LimitScopeText.Format(dimension), tokens[++index].Value));
            }
            else if (type == TokenType.Option)
            {
                index++; // Skips the value; every other option has one.
            }
            else if (type == TokenType.Argument)
            {
                if (!isScoped)
                    throw new FormatException(
                        $"'{word}' has no scope before it. Write --global, --model NAME, --user NAME or another first."
                    );
                found.Add((CreateScope(terms), word));
                isOpen = false;
            }
        }

        return isOpen
            ? throw new FormatException($"No limit follows '{last}'. Write one such as daily_tokens=150000 after it.")
            : found;
    }

    private static LimitScope CreateScope(List<ScopeTerm> terms)
    {
        try
        {
            return LimitScope.Create(terms);
        }
        catch (ArgumentException exception)
        {
            throw new FormatException(exception.Message.Split(" (Parameter", 2)[0]);
        }
    }
}
