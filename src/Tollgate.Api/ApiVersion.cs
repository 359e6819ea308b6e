namespace Tollgate.Api;

/// <summary>The version of the program.</summary>
internal static class ApiVersion
{
    /// <summary>The version, such as <c>0.1.0</c>.</summary>
    public static string Text { get; } = typeof(ApiVersion).Assembly.GetName().Version!.ToString(3);
}
