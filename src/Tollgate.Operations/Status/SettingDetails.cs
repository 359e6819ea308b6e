namespace Tollgate.Operations.Status;

/// <summary>A setting in force.</summary>
/// <param name="Name">Its path in the file, such as <c>routing.retries</c>.</param>
/// <param name="Value">Its value; a description of it for a secret; null if it has none.</param>
/// <param name="Default">Its default; null if it has none.</param>
/// <param name="Source">
/// Where the value is from: <c>default</c>, <c>environment</c>, a flag, or the path of a file.
/// </param>
/// <param name="Variable">The environment variable that can set it; null if none can.</param>
public sealed record SettingDetails(string Name, string? Value, string? Default, string Source, string? Variable);
