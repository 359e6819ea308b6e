using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Tollgate.Api.Authorization;
using Tollgate.Api.Idempotency;
using Tollgate.Api.Problems;
using Tollgate.Api.Responses.Formats;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.OpenApi;

/// <summary>Describes the table of routes as OpenAPI 3.1.</summary>
internal static class OpenApiDocument
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Returns the document as JSON.</summary>
    /// <param name="routes">The rows of the table.</param>
    /// <param name="version">The version of the program.</param>
    public static string Create(IReadOnlyList<ApiRoute> routes, string version)
    {
        var schemas = new SchemaCollection();
        schemas.Add(ProblemJson.Default.Problem);
        var paths = new JsonObject();
        foreach (
            var group in routes
                .Where(static route => route.Instead is null)
                .GroupBy(static route => route.Path)
                .OrderBy(static group => group.Key, StringComparer.Ordinal)
        )
        {
            var path = new JsonObject();
            foreach (var route in group)
                path[route.Method.ToLowerInvariant()] = CreateOperation(route, schemas);
            paths[group.Key] = path;
        }

        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Tollgate",
                ["version"] = version,
                ["description"] =
                    "Accounts, keys, limits, usage, prices, and everything else that a gateway manages. "
                    + "Amounts of money are exact decimals in US dollars; instants are RFC 3339.",
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["tags"] = new JsonArray([
                .. routes
                    .Where(static route => route.Instead is null)
                    .Select(static route => route.Area)
                    .Distinct()
                    .Order(StringComparer.Ordinal)
                    .Select(static area => new JsonObject { ["name"] = area }),
            ]),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "bearer",
                        ["description"] = "An access token of an account, a service token, or a virtual key.",
                    },
                },
                ["schemas"] = schemas.ToJson(),
            },
        };
        return document.ToJsonString(Readable) + "\n";
    }

    private static JsonObject CreateOperation(ApiRoute route, SchemaCollection schemas)
    {
        var operation = new JsonObject
        {
            ["operationId"] = FormatId(route),
            ["tags"] = new JsonArray(route.Area),
            ["summary"] = route.Summary,
            ["description"] = DescribeAccess(route.Access),
            ["security"] =
                route.Access.Reach == RouteReach.Nothing
                    ? new JsonArray()
                    : new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
        };
        if (CreateParameters(route) is { Count: > 0 } parameters)
            operation["parameters"] = parameters;
        if (route.Body is not null)
            operation["requestBody"] = CreateBody(route, schemas);
        if (route.BodyType is { } file)
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = new JsonObject { [file] = CreateText() },
            };
        operation["responses"] = CreateResponses(route, schemas);
        return operation;
    }

    private static JsonArray CreateParameters(ApiRoute route) =>
        new([
            .. PathNames(route.Path)
                .Select(static name => new JsonObject
                {
                    ["name"] = name,
                    ["in"] = "path",
                    ["required"] = true,
                    ["schema"] = new JsonObject { ["type"] = "string" },
                }),
            .. CreateHeaders(route),
            .. route.Parameters.Select(static parameter => new JsonObject
            {
                ["name"] = parameter.Name,
                ["in"] = "query",
                ["required"] = parameter.Schema.IsRequired,
                ["description"] = parameter.Description,
                ["schema"] = ParameterSchemas.Create(parameter.Schema),
            }),
        ]);

    private static IEnumerable<JsonObject> CreateHeaders(ApiRoute route)
    {
        if (route.NeedsRevision)
            yield return CreateHeader("If-Match", "The ETag of the entry that was read, or * for any.", true);
        if (route.IsRepeatable)
            yield return CreateHeader(
                IdempotencyKey.Header,
                "A text of your choice: within a day, the same request with it is carried out once.",
                false
            );
    }

    private static JsonObject CreateHeader(string name, string description, bool isRequired) =>
        new()
        {
            ["name"] = name,
            ["in"] = "header",
            ["required"] = isRequired,
            ["description"] = description,
            ["schema"] = new JsonObject { ["type"] = "string" },
        };

    private static JsonObject CreateBody(ApiRoute route, SchemaCollection schemas)
    {
        var content = new JsonObject { ["schema"] = schemas.Add(route.Body!) };
        if (route.Example is { } example)
            content["example"] = JsonNode.Parse(example);
        return new JsonObject
        {
            ["required"] = true,
            ["content"] = new JsonObject { ["application/json"] = content },
        };
    }

    private static JsonObject CreateResponses(ApiRoute route, SchemaCollection schemas)
    {
        var success = new JsonObject { ["description"] = "Success." };
        if (route.Response is { } response)
            success["content"] = CreateContent(route, response, schemas);
        else if (route.ResponseType is { } type)
            success["content"] = new JsonObject { [type] = CreateText() };
        return new JsonObject
        {
            [route.Success.ToString(CultureInfo.InvariantCulture)] = success,
            ["default"] = new JsonObject
            {
                ["description"] = "An error.",
                ["content"] = route.HasOpenAIErrors
                    ? new JsonObject
                    {
                        ["application/json"] = new JsonObject
                        {
                            ["schema"] = schemas.Add(ProblemJson.Default.OpenAIError),
                        },
                    }
                    : new JsonObject
                    {
                        [Problem.MediaType] = new JsonObject { ["schema"] = schemas.Add(ProblemJson.Default.Problem) },
                    },
            },
        };
    }

    private static JsonObject CreateContent(ApiRoute route, JsonTypeInfo response, SchemaCollection schemas)
    {
        var content = new JsonObject
        {
            ["application/json"] = new JsonObject
            {
                ["schema"] = route.IsList ? schemas.AddPage(response) : schemas.Add(response),
            },
        };
        if (route.HasExport)
            foreach (var type in (string[])[ListFormats.CsvType, ListFormats.JsonLinesType])
                content[type] = CreateText();
        return content;
    }

    private static JsonObject CreateText() => new() { ["schema"] = new JsonObject { ["type"] = "string" } };

    private static string DescribeAccess(RouteAccess access) =>
        (access.Reach, access.Permission) switch
        {
            (RouteReach.Nothing, _) => "Needs no credential.",
            (RouteReach.Self, _) => "Needs any valid credential, and concerns its owner only.",
            (RouteReach.Within, { } permission) => (
                access.AdmitsKeys
                    ? $"Needs the permission {permission.ToName()} or a virtual key, and shows what is within the "
                        + "sender's reach."
                    : $"Needs the permission {permission.ToName()}, and shows what is within the sender's reach."
            ),
            (_, { } permission) => $"Needs the permission {permission.ToName()} with an unrestricted reach.",
            _ => "Needs any valid credential.",
        };

    /// <summary>Formats the name of an operation for generated clients, such as <c>get_keys_by_id</c>.</summary>
    private static string FormatId(ApiRoute route)
    {
        const string prefix = "/api/v1/";
        var path = route.Path.StartsWith(prefix, StringComparison.Ordinal) ? route.Path[prefix.Length..] : route.Path;
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Select(static part => part.StartsWith('{') ? "by_" + part.Trim('{', '}') : part)
            .Select(static part => part.Replace('-', '_').Replace('.', '_'));
        return string.Join('_', parts.Prepend(route.Method.ToLowerInvariant()));
    }

    private static IEnumerable<string> PathNames(string path) =>
        path.Split('/').Where(static part => part.StartsWith('{')).Select(static part => part.Trim('{', '}'));
}
