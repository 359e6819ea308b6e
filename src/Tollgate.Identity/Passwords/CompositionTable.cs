using System.Collections.Frozen;

namespace Tollgate.Identity.Passwords;

/// <summary>The data for composing Unicode texts, read when the first text that is not ASCII needs it.</summary>
internal sealed class CompositionTable
{
    private static readonly Lazy<CompositionTable> Loaded = new(static () => new CompositionTable());

    private CompositionTable()
    {
        using var stream = typeof(CompositionTable).Assembly.GetManifestResourceStream("composition.bin")!;
        using var reader = new BinaryReader(stream);
        Classes = ReadRows(reader, 2).ToFrozenDictionary(static row => row[0], static row => row[1]);
        Decompositions = ReadRows(reader, 3).ToFrozenDictionary(static row => row[0], static row => (row[1], row[2]));
        Compositions = ReadRows(reader, 3).ToFrozenDictionary(static row => (row[0], row[1]), static row => row[2]);
    }

    public static CompositionTable Instance => Loaded.Value;

    /// <summary>The canonical combining classes of the marks; other characters have the class 0.</summary>
    public FrozenDictionary<int, int> Classes { get; }

    /// <summary>The parts of a character; the second is 0 if there is only one.</summary>
    public FrozenDictionary<int, (int First, int Second)> Decompositions { get; }

    /// <summary>The character that two others compose.</summary>
    public FrozenDictionary<(int First, int Second), int> Compositions { get; }

    private static int[][] ReadRows(BinaryReader reader, int columns)
    {
        var rows = new int[reader.ReadInt32()][];
        foreach (ref var row in rows.AsSpan())
        {
            row = new int[columns];
            foreach (ref var value in row.AsSpan())
                value = reader.ReadInt32();
        }

        return rows;
    }
}
