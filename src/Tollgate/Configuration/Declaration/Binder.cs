using Tollgate.Configuration.Problems;
using Tollgate.Configuration.Variables;
using Tollgate.Configuration.Yaml;

namespace Tollgate.Configuration.Declaration;

/// <summary>Where the binding is: the file and the path in it.</summary>
internal readonly record struct Spot(Binder Binder, string Path)
{
    public Spot Key(string name) => this with { Path = Path.Length == 0 ? name : $"{Path}.{name}" };

    public Spot Item(int index) => this with { Path = $"{Path}[{index}]" };

    public void Error(YamlPosition at, string message) => Binder.Problems.Error(Binder.Place(at), Path, message);

    public void ErrorIn(string variable, string message) =>
        Binder.Problems.Error(Binder.Variables.Origin(variable), Path, message);

    public void Warn(YamlPosition at, string message) => Binder.Problems.Warn(Binder.Place(at), Path, message);
}

/// <summary>What is to be done about a key that no setting has.</summary>
internal interface IUnknownKeys
{
    void Meet(YamlPair pair, Spot spot, IReadOnlyList<Setting> siblings);
}

/// <summary>Carries the values of one file over into objects, as their settings are declared.</summary>
internal sealed class Binder(
    string file,
    string folder,
    VariableSet variables,
    IUnknownKeys unknownKeys,
    ProblemList problems
)
{
    public VariableSet Variables => variables;

    public ProblemList Problems => problems;

    /// <summary>The folder that relative paths start from.</summary>
    public string Folder => folder;

    public Spot Root => new(this, "");

    public string Place(YamlPosition at) => YamlFile.Place(file, at);

    /// <summary>Sets the owner's settings to what a mapping says.</summary>
    public void Bind<TOwner>(Section<TOwner> section, TOwner owner, YamlValue value, Spot spot)
    {
        if (value.IsNull)
            return;
        if (value is not YamlMap map)
        {
            spot.Error(value.Position, $"A mapping of keys was expected here, not {value.Kind}.");
            return;
        }

        foreach (var pair in map.Pairs)
        {
            if (section.Find(pair.Key) is { } setting)
                Bind(setting, owner, pair.Value, spot.Key(pair.Key));
            else
                unknownKeys.Meet(pair, spot.Key(pair.Key), section.Settings);
        }
    }

    /// <summary>
    /// A text with its variables put in; null where there is none, and a problem was added if that is one.
    /// </summary>
    public ExpandedText? Expand(YamlValue value, Spot spot)
    {
        if (value is not YamlScalar scalar)
        {
            spot.Error(value.Position, $"A single value was expected here, not {value.Kind}.");
            return null;
        }

        var expanded = Expansion.Of(scalar.Text, variables);
        if (expanded.Fault is not { } fault)
            return expanded;
        spot.Error(value.Position, fault);
        return null;
    }

    private static void Bind<TOwner>(Setting<TOwner> setting, TOwner owner, YamlValue value, Spot spot)
    {
        // A key without a value is a key left out.
        if (!value.IsNull)
            setting.Bind(owner, value, spot);
    }
}
