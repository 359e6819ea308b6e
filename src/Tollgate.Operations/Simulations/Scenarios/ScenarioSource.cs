namespace Tollgate.Operations.Simulations.Scenarios;

/// <summary>The source of a scenario or of plans: a file, or a text that a request contains.</summary>
/// <param name="Name">The path, or the field of the request, for error messages.</param>
/// <param name="Text">The text; null to read the file.</param>
internal readonly record struct ScenarioSource(string Name, string? Text = null)
{
    /// <summary>The field of the request that has the text; null for a file.</summary>
    public string? Field => Text is null ? null : Name;

    /// <summary>A file.</summary>
    public static implicit operator ScenarioSource(string path) => new(path);
}
