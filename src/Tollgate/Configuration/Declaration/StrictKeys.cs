using Tollgate.Configuration.Yaml;
using Tollgate.Metering;

namespace Tollgate.Configuration.Declaration;

/// <summary>
/// In our own format a key that no setting has is an error: it is mistyped, and what was meant would not hold.
/// </summary>
/// <param name="root">All settings, to find a key that stands in the wrong place.</param>
internal sealed class StrictKeys(IReadOnlyList<Setting> root) : IUnknownKeys
{
    public void Meet(YamlPair pair, Spot spot, IReadOnlyList<Setting> siblings)
    {
        // The very name at another place says more than one that is spelt alike here: 'retries' is not a slip of
        // 'metrics'.
        var near =
            SettingTree.Walk(root).FirstOrDefault(place => place.Setting.Name == pair.Key).Path
            ?? NearestName.Of(pair.Key, siblings.Select(static setting => setting.Name));
        var hint = near is null
            ? $"Known here: {string.Join(", ", siblings.Select(static setting => setting.Name))}."
            : $"Did you mean '{near}'?";
        spot.Error(pair.Position, $"There is no setting '{pair.Key}' here. {hint}");
    }
}
