using Tollgate.Metering;
using Tollgate.Operations.Yaml;

namespace Tollgate.Configuration.Declaration;

/// <summary>
/// In Tollgate's own format an unknown key is an error: it is a typo, and the intended setting would be ignored.
/// </summary>
/// <param name="root">All settings, to find a key in the wrong place.</param>
internal sealed class StrictUnknownKeys(IReadOnlyList<Setting> root) : IUnknownKeyHandler
{
    public void Handle(YamlPair pair, ConfigPath location, IReadOnlyList<Setting> siblings)
    {
        // The exact name in another place is a better hint than a similar one here: 'retries' is not a typo of
        // 'metrics'.
        var near =
            SettingTree.Walk(root).FirstOrDefault(place => place.Setting.Name == pair.Key).Path
            ?? NameSuggestion.FindNearest(pair.Key, siblings.Select(static setting => setting.Name));
        var hint = near is null
            ? $"Known here: {string.Join(", ", siblings.Select(static setting => setting.Name))}."
            : $"Did you mean '{near}'?";
        location.Error(pair.Position, $"There is no setting '{pair.Key}' here. {hint}");
    }
}
