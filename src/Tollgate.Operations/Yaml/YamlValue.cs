namespace Tollgate.Operations.Yaml;

/// <summary>A position in a file; line and column are counted from 1.</summary>
internal readonly record struct YamlPosition(long Line, long Column);

/// <summary>
/// A value in a YAML file, with its position. Not a record, because its text may be a key and must not be printed.
/// </summary>
internal abstract class YamlValue(YamlPosition position)
{
    public YamlPosition Position { get; } = position;

    /// <summary>Its kind, for messages.</summary>
    public abstract string Kind { get; }

    /// <summary>True if it is empty, as in <c>key:</c>.</summary>
    public virtual bool IsNull => false;
}

/// <summary>A piece of text.</summary>
/// <param name="position">Its position.</param>
/// <param name="text">The text, without quotes.</param>
/// <param name="isPlain">True if it was written without quotes.</param>
internal sealed class YamlScalar(YamlPosition position, string text, bool isPlain) : YamlValue(position)
{
    public string Text { get; } = text;

    public override string Kind => IsNull ? "nothing" : "a single value";

    public override bool IsNull => isPlain && Text is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A list.</summary>
internal sealed class YamlList(YamlPosition position, IReadOnlyList<YamlValue> items) : YamlValue(position)
{
    public IReadOnlyList<YamlValue> Items { get; } = items;

    public override string Kind => "a list";
}

/// <summary>A key of a mapping and its value.</summary>
internal readonly record struct YamlPair(string Key, YamlPosition Position, YamlValue Value);

/// <summary>A mapping, in the order of the file.</summary>
internal sealed class YamlMap(YamlPosition position, IReadOnlyList<YamlPair> pairs) : YamlValue(position)
{
    public IReadOnlyList<YamlPair> Pairs { get; } = pairs;

    public override string Kind => "a mapping";

    public YamlValue? Find(string key)
    {
        foreach (var pair in Pairs)
            if (pair.Key == key)
                return pair.Value;
        return null;
    }
}
