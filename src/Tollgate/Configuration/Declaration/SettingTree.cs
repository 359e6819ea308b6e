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
            : Setting.Variable ?? SettingVariables.FromPath(Path);
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
    public static void BindVariables<TOwner>(Section<TOwner> section, TOwner owner, ConfigPath location) =>
        BindVariables(section, owner, location, location);

    private static void BindVariables<TOwner>(
        Section<TOwner> section,
        TOwner owner,
        ConfigPath location,
        ConfigPath formerLocation
    )
    {
        foreach (var setting in section.Settings)
        {
            var (child, former) = (location.Key(setting.Name), formerLocation.Key(setting.FormerName ?? setting.Name));
            if (setting is SectionSetting<TOwner> group)
                BindVariables(group.Section, owner, child, former);
            else if (new PlacedSetting(child.Path, setting).Variable is { } variable)
                BindVariable(setting, owner, variable, child, former.Path);
        }
    }

    private static void BindVariable<TOwner>(
        Setting<TOwner> setting,
        TOwner owner,
        string variable,
        ConfigPath location,
        string formerPath
    )
    {
        var variables = location.Binder.Variables;
        if (variables.Find(variable) is not null)
            setting.BindVariable(owner, variable, location);
        else if (
            formerPath != location.Path
            && SettingVariables.FromPath(formerPath) is var former
            && variables.Find(former) is not null
        )
        {
            location.WarnIn(former, $"The variable {former} is now called {variable}. Rename it.");
            setting.BindVariable(owner, former, location);
        }
    }
}
