using System.Text.RegularExpressions;
using Tollgate.Metering.Usage;

namespace Tollgate.Operations.Collectors.Google;

/// <summary>The contents of a SKU description: a model, as calls name it, and the token type.</summary>
/// <param name="Model">The model; the whole description if the model is not understood.</param>
/// <param name="Kind">The token type; null if it is not understood.</param>
internal readonly partial record struct SkuDescription(string Model, UsageKind? Kind)
{
    /// <summary>Parses texts such as <c>Gemini 2.5 Flash Lite Text Input - Predictions</c>.</summary>
    public static SkuDescription Parse(string description)
    {
        var text = description.ToLowerInvariant();
        var match = ModelName().Match(text);
        if (!match.Success)
            return new(description, null);
        var model = string.Join(
            '-',
            new[] { "gemini", match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value }.Where(static part =>
                part.Length > 0
            )
        );
        return new(model, ParseKind(text));
    }

    private static UsageKind? ParseKind(string text)
    {
        if (text.Contains("cach", StringComparison.Ordinal))
            return text.Contains("storage", StringComparison.Ordinal) ? null : UsageKind.CacheRead;
        var isAudio = text.Contains("audio", StringComparison.Ordinal);
        var isImage = text.Contains("image", StringComparison.Ordinal);
        if (text.Contains("output", StringComparison.Ordinal))
            return isAudio ? UsageKind.OutputAudio
                : isImage ? UsageKind.OutputImage
                : UsageKind.OutputText;
        if (text.Contains("input", StringComparison.Ordinal))
            return isAudio ? UsageKind.InputAudio
                : isImage ? UsageKind.InputImage
                : UsageKind.InputText;
        return null;
    }

    [GeneratedRegex(@"\bgemini[ -](\d+(?:\.\d+)?)[ -](pro|flash)(?:[ -](lite))?\b")]
    private static partial Regex ModelName();
}
