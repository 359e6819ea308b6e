using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using Tollgate.Metering.Tokens;

namespace Tollgate.Metering.Tests.Tokens;

/// <summary>
/// The definition, written down as plainly as can be: the published pattern and the textbook merge. For texts of the
/// basic plane: .NET's regular expressions see surrogates.
/// </summary>
internal sealed partial class SlowEncoding(string name, Regex pattern)
{
    private const string Contraction = "'[sSſ]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD]";

    private readonly Dictionary<string, int> _ranks = Read(name);

    public static SlowEncoding O200k { get; } = new("o200k_base", O200kPattern());

    public static SlowEncoding Cl100k { get; } = new("cl100k_base", Cl100kPattern());

    public List<int> Encode(string text) => [.. pattern.Matches(text).SelectMany(piece => Merge(piece.Value))];

    private IEnumerable<int> Merge(string piece)
    {
        List<string> parts = [.. Encoding.UTF8.GetBytes(piece).Select(part => ((char)part).ToString())];
        while (true)
        {
            var (best, at) = (int.MaxValue, -1);
            for (var i = 0; i + 1 < parts.Count; i++)
                if (_ranks.TryGetValue(parts[i] + parts[i + 1], out var rank) && rank < best)
                    (best, at) = (rank, i);
            if (at < 0)
                return parts.Select(part => _ranks[part]);
            parts[at] += parts[at + 1];
            parts.RemoveAt(at + 1);
        }
    }

    private static Dictionary<string, int> Read(string name)
    {
        using var stream = typeof(TokenCounter).Assembly.GetManifestResourceStream(
            $"Tollgate.Metering.Tokens.Ranks.{name}.ranks"
        )!;
        var table = new byte[stream.Length];
        stream.ReadExactly(table);
        var count = BinaryPrimitives.ReadInt32LittleEndian(table);
        var ranks = new Dictionary<string, int>(count, StringComparer.Ordinal);
        for (var (rank, at) = (0, 4 + count); rank < count; at += table[4 + rank], rank++)
            ranks.Add(Encoding.Latin1.GetString(table, at, table[4 + rank]), rank);
        return ranks;
    }

    [GeneratedRegex(
        @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
            + $"({Contraction})?"
            + @"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
            + $"({Contraction})?"
            + @"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
    )]
    private static partial Regex O200kPattern();

    [GeneratedRegex(
        $"{Contraction}" + @"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
    )]
    private static partial Regex Cl100kPattern();
}
