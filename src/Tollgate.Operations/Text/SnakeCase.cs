using System.Text;

namespace Tollgate.Operations.Text;

/// <summary>
/// Formats enum names for people and programs: <c>ClientDisconnected</c> becomes <c>client_disconnected</c>.
/// </summary>
internal static class SnakeCase
{
    public static string From<T>(T value)
        where T : struct, Enum => From(value.ToString());

    /// <summary>The names of all values.</summary>
    public static string[] All<T>()
        where T : struct, Enum => Array.ConvertAll(Enum.GetNames<T>(), From);

    private static string From(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]))
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
