namespace Tollgate.Api.Parameters;

/// <summary>The type and range of a parameter, as JSON Schema describes it.</summary>
/// <param name="Type">The JSON type: <c>string</c>, <c>integer</c> or <c>boolean</c>.</param>
internal sealed record ParameterSchema(string Type)
{
    /// <summary>The format of a text, such as <c>date-time</c>; null for any.</summary>
    public string? Format { get; init; }

    /// <summary>The allowed values; null if they are not listed.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>The minimum of a number; null if there is none.</summary>
    public long? Min { get; init; }

    /// <summary>The maximum of a number; null if there is none.</summary>
    public long? Max { get; init; }

    /// <summary>The value if the parameter is absent; null if there is none.</summary>
    public string? Default { get; init; }

    /// <summary>True if the parameter must be present.</summary>
    public bool IsRequired { get; init; }
}
