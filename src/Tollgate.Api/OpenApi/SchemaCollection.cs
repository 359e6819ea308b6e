using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Tollgate.Api.Contracts.Amounts;
using Tollgate.Metering.Usage;

namespace Tollgate.Api.OpenApi;

/// <summary>The schemas of the contracts, each under its name.</summary>
internal sealed class SchemaCollection
{
    private static readonly JsonSchemaExporterOptions Options = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = static (context, node) => Replace(context.TypeInfo.Type) ?? node,
    };

    private readonly SortedDictionary<string, JsonNode> _schemas = new(StringComparer.Ordinal);

    /// <summary>Adds the schema of a contract, and returns a reference to it.</summary>
    public JsonObject Add(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Enumerable)
            return new JsonObject { ["type"] = "array", ["items"] = Add(type.Options.GetTypeInfo(type.ElementType!)) };
        var name = type.Type.Name;
        if (!_schemas.ContainsKey(name))
        {
            var schema = type.GetJsonSchemaAsNode(Options);
            _schemas[name] = Place(schema, schema, name);
        }

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
    /// Returns a schema without references to parts of itself, which generators of clients cannot follow: each is
    /// replaced by the part, and one to the whole schema by its name.
    /// </summary>
    private static JsonNode Place(JsonNode root, JsonNode schema, string name)
    {
        if (schema is JsonArray items)
            return new JsonArray([.. items.Select(item => item is null ? null : Place(root, item, name))]);
        if (schema is not JsonObject json)
            return schema.DeepClone();
        if (json["$ref"]?.GetValue<string>() is not { } reference)
            return new JsonObject(
                json.Select(member =>
                    KeyValuePair.Create(member.Key, member.Value is null ? null : Place(root, member.Value, name))
                )
            );
        if (reference == "#")
            return CreateReference(name);
        var part = reference
            .Split('/')
            .Skip(1)
            .Aggregate(
                root,
                static (node, key) =>
                    node is JsonArray list ? list[int.Parse(key, CultureInfo.InvariantCulture)]! : node[key]!
            );
        return Place(root, part, name);
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
