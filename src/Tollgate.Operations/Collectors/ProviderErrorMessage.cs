using System.Text.Json;

namespace Tollgate.Operations.Collectors;

/// <summary>Extracts a provider's error message as one short line; empty if it is not understood.</summary>
internal static class ProviderErrorMessage
{
    private const int MaxLength = 200;

    public static string Parse(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root =
                json.RootElement.ValueKind == JsonValueKind.Array && json.RootElement.GetArrayLength() > 0
                    ? json.RootElement[0]
                    : json.RootElement;
            var text = root.Field("error")?.Text("message") ?? "";
            text = string.Concat(text.Select(static letter => char.IsControl(letter) ? ' ' : letter))
                .Trim()
                .TrimEnd('.');
            return text.Length > MaxLength ? text[..MaxLength] + "…" : text;
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return "";
        }
    }
}
