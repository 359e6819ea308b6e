using System.Text.Json;

namespace Tollgate.Dashboard.Figures;

/// <summary>Writes the values of enumerations.</summary>
public static class EnumText
{
    /// <summary>Writes a value as addresses and the management API do, such as <c>end_user</c>.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>Writes a value for people, such as <c>end user</c>.</summary>
    public static string Words<T>(T value)
        where T : struct, Enum => Name(value).Replace('_', ' ');
}
