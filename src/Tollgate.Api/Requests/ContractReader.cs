using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Tollgate.Api.Contracts.Amounts;
using Tollgate.Api.Parameters;
using Tollgate.Api.Problems;

namespace Tollgate.Api.Requests;

/// <summary>
/// Reads the body of a request into its contract. All errors are reported at once, each with its place: the serializer
/// itself would stop at the first one, with a message about types of .NET.
/// </summary>
internal sealed class ContractReader
{
    private const int MaxDepth = 32;

    private readonly List<ProblemError> _errors = [];

    private ContractReader() { }

    /// <summary>Reads a body.</summary>
    /// <param name="body">JSON in UTF-8.</param>
    /// <param name="type">The contract.</param>
    /// <exception cref="ProblemException">The body is not JSON, or does not match the contract.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
        where T : class
    {
        using var document = Parse(body);
        var reader = new ContractReader();
        reader.Check(document.RootElement, type, "");
        if (reader._errors.Count > 0)
            throw ProblemException.Invalid(reader._errors);
        return document.RootElement.Deserialize(type)
            ?? throw ProblemException.Invalid(CreateError("", "wrong_type", "The body must be an object, not null."));
    }

    /// <summary>Returns the errors of a body without reading it.</summary>
    public static IReadOnlyList<ProblemError> Check(ReadOnlyMemory<byte> body, JsonTypeInfo type)
    {
        using var document = Parse(body);
        var reader = new ContractReader();
        reader.Check(document.RootElement, type, "");
        return reader._errors;
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
            throw ProblemException.Invalid(
                CreateError("", "not_utf8", "The body is not valid UTF-8. Send JSON in UTF-8.")
            );
        try
        {
            RequireText(body.Span);
            return JsonDocument.Parse(
                body,
                new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false }
            );
        }
        catch (JsonException exception)
        {
            throw ProblemException.Invalid(
                CreateError(
                    "",
                    "not_json",
                    $"The body is not valid JSON in line {exception.LineNumber + 1}, byte "
                        + $"{exception.BytePositionInLine}. Send one JSON object without repeated names."
                )
            );
        }
    }

    /// <summary>
    /// Requires that every name and text can be converted: an escape such as <c>\ud800</c> alone is valid JSON, but no
    /// text.
    /// </summary>
    private static void RequireText(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (!reader.ValueIsEscaped)
                continue;
            try
            {
                _ = reader.GetString();
            }
            catch (InvalidOperationException)
            {
                throw ProblemException.Invalid(
                    CreateError(
                        "",
                        "not_unicode",
                        $"The body has an unpaired surrogate, such as \\ud800, at byte {reader.TokenStartIndex}. Send "
                            + "valid Unicode text."
                    )
                );
            }
        }
    }

    private void Check(JsonElement element, JsonTypeInfo type, string pointer)
    {
        switch (type.Kind)
        {
            case var _ when element.ValueKind == JsonValueKind.Null: // A property may be null, an item may not.
                AddWrongType(element, type, pointer);
                break;
            case JsonTypeInfoKind.Object when element.ValueKind == JsonValueKind.Object:
                CheckObject(element, type, pointer);
                break;
            case JsonTypeInfoKind.Dictionary when element.ValueKind == JsonValueKind.Object:
                foreach (var entry in element.EnumerateObject())
                    Check(entry.Value, Find(type, type.ElementType!), Append(pointer, entry.Name));
                break;
            case JsonTypeInfoKind.Enumerable when element.ValueKind == JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                    Check(item, Find(type, type.ElementType!), $"{pointer}/{index++}");
                break;
            case JsonTypeInfoKind.None:
                CheckValue(element, type, pointer);
                break;
            default:
                AddWrongType(element, type, pointer);
                break;
        }
    }

    private void CheckObject(JsonElement element, JsonTypeInfo type, string pointer)
    {
        IReadOnlyList<string> names = [.. type.Properties.Select(static property => property.Name)];
        foreach (var entry in element.EnumerateObject())
        {
            var place = Append(pointer, entry.Name);
            if (type.Properties.FirstOrDefault(property => property.Name == entry.Name) is not { } property)
                AddUnknown(entry.Name, place, names);
            else if (entry.Value.ValueKind != JsonValueKind.Null)
                Check(entry.Value, Find(type, property.PropertyType), place);
            else if (!AcceptsNull(Find(type, property.PropertyType), property))
                _errors.Add(CreateError(place, "null", $"{place} must not be null. Leave it out instead."));
        }

        foreach (var property in type.Properties)
            if (property.IsRequired && !element.TryGetProperty(property.Name, out _))
                _errors.Add(
                    CreateError(
                        Append(pointer, property.Name),
                        "missing",
                        $"{Append(pointer, property.Name)} is missing. Send {TypeText.Describe(property.PropertyType)}."
                    )
                );
    }

    private void CheckValue(JsonElement element, JsonTypeInfo type, string pointer)
    {
        try
        {
            element.Deserialize(type);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            AddWrongType(element, type, pointer);
        }
    }

    private void AddUnknown(string name, string pointer, IReadOnlyList<string> names)
    {
        var hint = NearestName.Find(name, names) is { } near
            ? $"Did you mean {near}?"
            : $"The fields here are {string.Join(", ", names)}.";
        _errors.Add(
            CreateError(pointer, "unknown_field", $"There is no field '{name}' here. {hint}") with
            {
                Allowed = names,
            }
        );
    }

    private void AddWrongType(JsonElement element, JsonTypeInfo type, string pointer)
    {
        var shown = IsSecret(pointer) ? "this value" : Shorten(element.GetRawText());
        var place = pointer.Length == 0 ? "The body" : pointer;
        _errors.Add(
            CreateError(pointer, "wrong_type", $"{place} must be {TypeText.Describe(type.Type)}, not {shown}.") with
            {
                Allowed = TypeText.AllowedValues(type.Type),
            }
        );
    }

    private static string Shorten(string found) => found.Length <= 60 ? found : found[..60] + "…";

    /// <summary>
    /// True if a place may hold a secret, which no error repeats. A body that is not an object may be nothing else.
    /// </summary>
    private static bool IsSecret(string pointer) =>
        pointer.Length == 0
        || pointer.Contains("password", StringComparison.Ordinal)
        || pointer[(pointer.LastIndexOf('/') + 1)..] is "key" or "token" or "secret";

    private static ProblemError CreateError(string pointer, string code, string message) =>
        new()
        {
            Pointer = pointer,
            Code = code,
            Message = message,
        };

    private static JsonTypeInfo Find(JsonTypeInfo parent, Type type) => parent.Options.GetTypeInfo(type);

    private static bool AcceptsNull(JsonTypeInfo type, JsonPropertyInfo property) =>
        type.Type.IsValueType
            ? Nullable.GetUnderlyingType(type.Type) is not null || type.Type == typeof(AmountField)
            : property.IsSetNullable;

    /// <summary>Appends a name to a JSON Pointer (RFC 6901).</summary>
    private static string Append(string pointer, string name) =>
        $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}
