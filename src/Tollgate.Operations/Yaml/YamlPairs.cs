namespace Tollgate.Operations.Yaml;

/// <summary>
/// The pairs of a mapping under construction: keys are unique, and its own keys override those merged by
/// <c>&lt;&lt;</c>.
/// </summary>
internal sealed class YamlPairs
{
    private readonly List<YamlPair> _own = [];
    private readonly List<YamlPair> _merged = [];
    private readonly Dictionary<string, YamlPosition> _keys = new(StringComparer.Ordinal);

    public void Add(YamlPair pair, bool isMerge)
    {
        if (isMerge)
        {
            Merge(pair.Value);
            return;
        }

        if (_keys.TryGetValue(pair.Key, out var first))
            throw new YamlReadException(
                pair.Position,
                $"The key '{pair.Key}' is defined twice; the first is in line {first.Line}. Remove one."
            );
        _keys.Add(pair.Key, pair.Position);
        _own.Add(pair);
    }

    public IReadOnlyList<YamlPair> ToList()
    {
        foreach (var pair in _merged)
            if (_keys.TryAdd(pair.Key, pair.Position))
                _own.Add(pair);
        return _own;
    }

    private void Merge(YamlValue value)
    {
        if (value is YamlMap map)
            _merged.AddRange(map.Pairs);
        else if (value is YamlList list)
            foreach (var item in list.Items)
                Merge(item);
        else
            throw new YamlReadException(value.Position, "'<<' needs a mapping, such as '*name', and this is not one.");
    }
}
