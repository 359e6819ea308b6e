using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Tollgate.Api.Contracts.Amounts;
using Tollgate.Metering.Usage;

namespace Tollgate.Api.OpenApi;

/// <summary>The schemas of the contracts, each under its name.</summary>
internal sealed class SchemaCollection
{
    private readonly SortedDictionary<string, JsonNode> _schemas = new(StringComparer.Ordinal);
    private readonly JsonSchemaExporterOptions _options;

    public SchemaCollection() =>
        _options = new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => Replace(context.TypeInfo.Type) ?? Name(context, node),
        };

    /// <summary>Adds the schema of a contract, and returns a reference to it.</summary>
    public JsonObject Add(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Enumerable)
            return new JsonObject { ["type"] = "array", ["items"] = Add(type.Options.GetTypeInfo(type.ElementType!)) };
        var name = type.Type.Name;
        if (_schemas.TryAdd(name, new JsonObject()))
            _schemas[name] = type.GetJsonSchemaAsNode(_options);
        return CreateReference(name);
    }

    /// <summary>Adds the schema of a page of a list, and returns a reference to it.</summary>
    public JsonObject AddPage(JsonTypeInfo item)
    {
        var name = item.Type.Name + "Page";
        var reference = Add(item);
        _schemas.TryAdd(
            name,
            new JsonObject
            {
                ["type"] = "object",
                ["required"] = new JsonArray("data", "page"),
                ["properties"] = new JsonObject
                {
                    ["data"] = new JsonObject { ["type"] = "array", ["items"] = reference },
                    ["page"] = new JsonObject
                    {
                        ["type"] = "object",
                        ["required"] = new JsonArray("size", "next", "previous"),
                        ["properties"] = new JsonObject
                        {
                            ["size"] = new JsonObject { ["type"] = "integer" },
                            ["next"] = new JsonObject { ["type"] = new JsonArray("string", "null") },
                            ["previous"] = new JsonObject { ["type"] = new JsonArray("string", "null") },
                        },
                    },
                },
            }
        );
        return CreateReference(name);
    }

    /// <summary>Returns all schemas.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var (name, schema) in _schemas)
            json[name] = schema.DeepClone();
        return json;
    }

    /// <summary>
    /// Replaces the schema of a part that is an object by a reference to its name, and a reference to another part of
    /// the same schema, which generators of clients cannot follow, by that part.
    /// </summary>
    private JsonNode Name(JsonSchemaExporterContext context, JsonNode node)
    {
        var json = node as JsonObject;
        var isReference = json?["$ref"] is not null;
        var isNullable = isReference ? context.PropertyInfo is { IsGetNullable: true } : json?["type"] is JsonArray;
        var type = context.TypeInfo.Options.GetTypeInfo(
            Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type
        );
        if (context.Path.Length == 0 || (type.Kind != JsonTypeInfoKind.Object && !isReference))
            return node;
        var schema = type.Kind == JsonTypeInfoKind.Object ? Add(type) : type.GetJsonSchemaAsNode(_options);
        return isNullable
            ? new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) }
            : schema;
    }

    private static JsonObject CreateReference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    /// <summary>The types that have converters of their own, which the exporter cannot look into.</summary>
    private static JsonObject? Replace(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        var isOptional = plain != type;
        if (plain == typeof(Money))
            return Describe("number", isOptional, description: "US dollars, with all digits.");
        if (plain == typeof(AmountField))
            return new JsonObject
            {
                ["type"] = new JsonArray("string", "number", "null"),
                ["description"] = "Decimal text such as \"12.50\"; null removes it.",
            };
        if (plain == typeof(DateTimeOffset))
            return Describe("string", isOptional, format: "date-time");
        if (plain == typeof(double))
            return Describe("number", isOptional: true);
        return plain == typeof(TokenUsage) ? Describe("object", isOptional) : null;
    }

    private static JsonObject Describe(string type, bool isOptional, string? format = null, string? description = null)
    {
        var json = new JsonObject { ["type"] = isOptional ? new JsonArray(type, "null") : type };
        if (format is not null)
            json["format"] = format;
        if (description is not null)
            json["description"] = description;
        return json;
    }
}
