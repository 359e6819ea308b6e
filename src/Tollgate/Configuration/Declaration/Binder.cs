using Tollgate.Configuration.Variables;
using Tollgate.Operations.Problems;
using Tollgate.Operations.Yaml;

namespace Tollgate.Configuration.Declaration;

/// <summary>The current position of the binder: the file and the path in it.</summary>
internal readonly record struct ConfigPath(Binder Binder, string Path)
{
    public ConfigPath Key(string name) => this with { Path = Path.Length == 0 ? name : $"{Path}.{name}" };

    public ConfigPath Item(int index) => this with { Path = $"{Path}[{index}]" };

    public void Error(YamlPosition at, string message) => Binder.Problems.Error(Binder.Place(at), Path, message);

    public void ErrorIn(string variable, string message) =>
        Binder.Problems.Error(Binder.Variables.Origin(variable), Path, message);

    public void WarnIn(string variable, string message) =>
        Binder.Problems.Warn(Binder.Variables.Origin(variable), Path, message);

    public void Warn(YamlPosition at, string message) => Binder.Problems.Warn(Binder.Place(at), Path, message);
}

/// <summary>Decides how to handle a key that matches no setting.</summary>
internal interface IUnknownKeyHandler
{
    void Handle(YamlPair pair, ConfigPath location, IReadOnlyList<Setting> siblings);
}

/// <summary>Binds the values of one file to objects, according to their declared settings.</summary>
internal sealed class Binder(
    string file,
    string folder,
    VariableSet variables,
    IUnknownKeyHandler unknownKeys,
    ProblemList problems
)
{
    public VariableSet Variables => variables;

    public ProblemList Problems => problems;

    /// <summary>The base folder of relative paths.</summary>
    public string Folder => folder;

    public ConfigPath Root => new(this, "");

    public string Place(YamlPosition at) => YamlFile.Place(file, at);

    /// <summary>Binds a mapping to the owner's settings.</summary>
    public void Bind<TOwner>(Section<TOwner> section, TOwner owner, YamlValue value, ConfigPath location)
    {
        if (value.IsNull)
            return;
        if (value is not YamlMap map)
        {
            location.Error(value.Position, $"Expected a mapping of keys, found {value.Kind}.");
            return;
        }

        foreach (var pair in map.Pairs)
        {
            if (section.Find(pair.Key) is { } setting)
            {
                if (pair.Key != setting.Name)
                    ReportFormerName(pair, setting.Name, map, location.Key(pair.Key));
                Bind(setting, owner, pair.Value, location.Key(pair.Key));
            }
            else
                unknownKeys.Handle(pair, location.Key(pair.Key), section.Settings);
        }
    }

    /// <summary>
    /// Returns a text with its variables expanded; null if there is none, with a problem added if that is an error.
    /// </summary>
    public ExpandedText? Expand(YamlValue value, ConfigPath location)
    {
        if (value is not YamlScalar scalar)
        {
            location.Error(value.Position, $"Expected a single value, found {value.Kind}.");
            return null;
        }

        var expanded = VariableExpander.Expand(scalar.Text, variables);
        if (expanded.Error is not { } error)
            return expanded;
        location.Error(value.Position, error);
        return null;
    }

    private static void ReportFormerName(YamlPair pair, string name, YamlMap map, ConfigPath location)
    {
        if (map.Find(name) is null)
            location.Warn(pair.Position, $"The setting '{pair.Key}' is now called '{name}'. Rename it.");
        else
            location.Error(
                pair.Position,
                $"'{pair.Key}' is the former name of '{name}', which is also set. Remove it."
            );
    }

    private static void Bind<TOwner>(Setting<TOwner> setting, TOwner owner, YamlValue value, ConfigPath location)
    {
        // A key without a value counts as omitted.
        if (!value.IsNull)
            setting.Bind(owner, value, location);
    }
}
