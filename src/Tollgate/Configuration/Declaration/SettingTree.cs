namespace Tollgate.Configuration.Declaration;

/// <summary>A setting and its path.</summary>
internal readonly record struct PlacedSetting(string Path, Setting Setting)
{
    /// <summary>The environment variable that sets it; null if none can.</summary>
    public string? Variable =>
        !Setting.FitsVariable
        || Path.Contains("[]", StringComparison.Ordinal)
        || Path.Contains(".ID.", StringComparison.Ordinal)
            ? null
            : Setting.Variable ?? SettingVariables.Prefix + Path.Replace('.', '_').ToUpperInvariant();
}

/// <summary>Walks a declaration in order.</summary>
internal static class SettingTree
{
    public static IEnumerable<PlacedSetting> Walk(IReadOnlyList<Setting> settings, string prefix = "")
    {
        foreach (var setting in settings)
        {
            var path = prefix + setting.Name;
            yield return new(path, setting);
            foreach (var inner in Walk(setting.Children, path + setting.ChildPrefix))
                yield return inner;
        }
    }

    /// <summary>Overrides the file's values with those of variables.</summary>
    public static void BindVariables<TOwner>(Section<TOwner> section, TOwner owner, ConfigPath spot)
    {
        foreach (var setting in section.Settings)
        {
            var here = spot.Key(setting.Name);
            if (setting is SectionSetting<TOwner> group)
                BindVariables(group.Section, owner, here);
            else if (
                new PlacedSetting(here.Path, setting).Variable is { } variable
                && here.Binder.Variables.Find(variable) is not null
            )
                setting.BindVariable(owner, variable, here);
        }
    }
}
