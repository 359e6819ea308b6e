using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tollgate.Operations.Yaml;

/// <summary>
/// Builds values from the parser's events. Bounded in depth and in size: an alias counts as much as its expansion, so
/// that a few lines of nested aliases cannot grow into billions of values.
/// </summary>
internal sealed class YamlTreeReader(IParser parser)
{
    private const int MaxDepth = 32;
    private const int MaxValues = 50_000;
    private const string CoreTags = "tag:yaml.org,2002:";

    private readonly Dictionary<AnchorName, (YamlValue Value, int Size)> _anchors = [];
    private int _size;

    /// <summary>Returns the single document; null if there is none.</summary>
    public YamlValue? Read()
    {
        parser.Consume<StreamStart>();
        if (parser.TryConsume<StreamEnd>(out _))
            return null;
        parser.Consume<DocumentStart>();
        var root = Value(0);
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
            throw new YamlReadException(
                At(second),
                "A second document starts here. A configuration is a single document: remove the '---'."
            );
        return root;
    }

    private YamlValue Value(int depth)
    {
        var start = parser.Current!;
        if (depth > MaxDepth)
            throw new YamlReadException(At(start), $"The nesting is deeper than {MaxDepth}.");
        if (parser.TryConsume<AnchorAlias>(out var alias))
            return Resolve(alias);
        var sizeBefore = _size;
        Grow(1, start);
        YamlValue value = parser.Consume<NodeEvent>() switch
        {
            Scalar scalar => Text(scalar),
            SequenceStart sequence => List(sequence, depth),
            MappingStart mapping => Map(mapping, depth),
            var other => throw new YamlReadException(At(other), "Expected a value."),
        };
        if (start is NodeEvent { Anchor.IsEmpty: false } anchored)
            _anchors[anchored.Anchor] = (value, _size - sizeBefore);
        return value;
    }

    private YamlValue Resolve(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value, out var anchor))
            throw new YamlReadException(At(alias), $"'*{alias.Value}' does not refer to an earlier '&{alias.Value}'.");
        Grow(anchor.Size, alias);
        return anchor.Value;
    }

    private void Grow(int by, ParsingEvent at)
    {
        _size += by;
        if (_size > MaxValues)
            throw new YamlReadException(
                At(at),
                $"The file contains more than {MaxValues} values, with aliases expanded."
            );
    }

    private static YamlScalar Text(Scalar scalar)
    {
        RejectUnknownTag(scalar);
        return new YamlScalar(At(scalar), scalar.Value, scalar.Style == ScalarStyle.Plain);
    }

    private YamlList List(SequenceStart start, int depth)
    {
        RejectUnknownTag(start);
        var items = new List<YamlValue>();
        while (!parser.TryConsume<SequenceEnd>(out _))
            items.Add(Value(depth + 1));
        return new YamlList(At(start), items);
    }

    private YamlMap Map(MappingStart start, int depth)
    {
        RejectUnknownTag(start);
        var pairs = new YamlPairs();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var key))
                throw new YamlReadException(At(parser.Current!), "A key must be plain text.");
            RejectUnknownTag(key);
            pairs.Add(
                new YamlPair(key.Value, At(key), Value(depth + 1)),
                isMerge: key is { Value: "<<", Style: ScalarStyle.Plain }
            );
        }

        return new YamlMap(At(start), pairs.ToList());
    }

    private static void RejectUnknownTag(NodeEvent node)
    {
        if (node.Tag.IsEmpty || node.Tag.IsNonSpecific || node.Tag.Value.StartsWith(CoreTags, StringComparison.Ordinal))
            return;
        throw new YamlReadException(At(node), $"The tag '{node.Tag.Value}' is not supported. Write the value itself.");
    }

    private static YamlPosition At(ParsingEvent parsed) => new(parsed.Start.Line, parsed.Start.Column);
}
