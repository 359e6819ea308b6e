using System.Text.Json.Nodes;
using Tollgate.Api.Parameters;

namespace Tollgate.Api.OpenApi;

/// <summary>Describes parameters as JSON Schema.</summary>
internal static class ParameterSchemas
{
    /// <summary>Returns the schema of a parameter.</summary>
    public static JsonObject Create(ParameterSchema schema)
    {
        var json = new JsonObject { ["type"] = schema.Type };
        if (schema.Format is not null)
            json["format"] = schema.Format;
        if (schema.Values is { } values)
            json["enum"] = new JsonArray([.. values.Select(static value => JsonValue.Create(value))]);
        if (schema.Min is { } min)
            json["minimum"] = min;
        if (schema.Max is { } max)
            json["maximum"] = max;
        if (schema.Default is { } text)
            json["default"] = schema.Type == "string" ? JsonValue.Create(text) : JsonNode.Parse(text);
        return json;
    }
}
