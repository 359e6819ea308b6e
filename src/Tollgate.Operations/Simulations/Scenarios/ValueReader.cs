using System.Collections;
using Tollgate.Analytics.Plans;
using Tollgate.Analytics.Simulation;
using Tollgate.Analytics.Statistics.Dependence;
using Tollgate.Analytics.Statistics.Distributions;
using Tollgate.Operations.Problems;
using Tollgate.Operations.Yaml;

namespace Tollgate.Operations.Simulations.Scenarios;

/// <summary>
/// Converts values of a file to the records of a scenario, by type. An invalid value adds a problem and returns null;
/// reading continues, so that all problems are reported.
/// </summary>
internal sealed class ValueReader
{
    private readonly string _file;
    private readonly ProblemList _problems;
    private readonly RecordReader _records;
    private readonly NamedValues _named;
    private readonly Dictionary<string, YamlPosition> _places = new(StringComparer.Ordinal);

    public ValueReader(string file, ModelRates rates, ProblemList problems)
    {
        (_file, _problems) = (file, problems);
        _records = new RecordReader(this);
        _named = new NamedValues(this, rates);
    }

    /// <summary>Reads a record of a type; some of its properties may already be given.</summary>
    public object? Record(Type type, YamlMap map, string path, IReadOnlyDictionary<string, object> given)
    {
        _places[path] = map.Position;
        return _records.Read(type, map, path, given);
    }

    public object? Read(Type type, YamlValue value, string path)
    {
        _places[path] = value.Position;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(Distribution))
            return _named.Distribution(value, path);
        if (type == typeof(Copula))
            return _named.Copula(value, path);
        if (type == typeof(TokenRates))
            return _named.Rates(value, path);
        if (type == typeof(IPricingPlan))
            return _named.Plan(value, path);
        if (ScalarParser.CanParse(type))
            return Scalar(type, value, path);
        if (type == typeof(IReadOnlyDictionary<string, TokenRates>))
            return RatesByModel(value, path);
        if (
            (
                type.IsArray ? type.GetElementType()
                : type.IsAssignableTo(typeof(IEnumerable)) ? type.GetGenericArguments()[0]
                : null
            ) is
            { } element
        )
            return List(element, value, path);
        return AsMap(value, path) is { } map ? _records.Read(type, map, path) : null;
    }

    /// <summary>Returns the value as a mapping; adds a problem and returns null if it is not one.</summary>
    public YamlMap? AsMap(YamlValue value, string path)
    {
        if (value is YamlMap map)
            return map;
        Fail(value.Position, path, $"Expected a mapping, found {value.Kind}.");
        return null;
    }

    /// <summary>Adds a problem at the position of a path, or of its nearest parent.</summary>
    public void AddProblem(string path, string message)
    {
        var at = path;
        while (at.Length > 0 && !_places.ContainsKey(at))
            at = at[..Math.Max(0, at.LastIndexOfAny(['.', '[']))];
        Fail(_places.GetValueOrDefault(at, new YamlPosition(1, 1)), path, message);
    }

    public object? Fail(YamlPosition at, string path, string message)
    {
        _problems.Error(YamlFile.Place(_file, at), path, message);
        return null;
    }

    private object? Scalar(Type type, YamlValue value, string path)
    {
        if (value is not YamlScalar { IsNull: false } scalar)
            return Fail(
                value.Position,
                path,
                $"{ScalarParser.DescribeExpected(type)} was expected, found {value.Kind}."
            );
        return ScalarParser.Parse(type, scalar.Text)
            ?? Fail(
                value.Position,
                path,
                $"'{scalar.Text}' is not {ScalarParser.DescribeExpected(type).ToLowerInvariant()}."
            );
    }

    private Array? List(Type element, YamlValue value, string path)
    {
        if (value is not YamlList list)
        {
            Fail(value.Position, path, $"Expected a list, found {value.Kind}.");
            return null;
        }

        var items = list.Items.Select((item, place) => Read(element, item, $"{path}[{place}]")).ToArray();
        if (items.Contains(null))
            return null;
        var array = ScenarioModel.CreateArray(element, items.Length);
        for (var place = 0; place < items.Length; place++)
            array.SetValue(items[place], place);
        return array;
    }

    private Dictionary<string, TokenRates>? RatesByModel(YamlValue value, string path)
    {
        if (AsMap(value, path) is not { } map)
            return null;
        var rates = new Dictionary<string, TokenRates>();
        foreach (var pair in map.Pairs)
            if (Read(typeof(TokenRates), pair.Value, $"{path}[{pair.Key}]") is TokenRates item)
                rates[pair.Key] = item;
        return rates;
    }
}
