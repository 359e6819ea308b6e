using System.Buffers.Text;
using System.Text.Json;

namespace Tollgate.Identity.OpenIdConnect;

/// <summary>Reads the claims of a verified identity token.</summary>
internal sealed class ClaimReader : IDisposable
{
    private readonly JsonDocument _payload;

    /// <summary>Creates the reader.</summary>
    /// <param name="payload">The payload of the token, in base64url.</param>
    public ClaimReader(string payload) => _payload = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));

    /// <summary>Returns the texts of a claim, which is a text or a list of texts; empty if it is neither.</summary>
    /// <param name="name">The name of the claim; dots lead into objects if no claim has this name.</param>
    public IReadOnlyList<string> ReadTexts(string name)
    {
        if (Find(name) is not { } claim)
            return [];
        return claim.ValueKind switch
        {
            JsonValueKind.String => [claim.GetString()!],
            JsonValueKind.Array =>
            [
                .. claim
                    .EnumerateArray()
                    .Where(static item => item.ValueKind == JsonValueKind.String)
                    .Select(static item => item.GetString()!),
            ],
            _ => [],
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _payload.Dispose();

    private JsonElement? Find(string name)
    {
        if (_payload.RootElement.TryGetProperty(name, out var exact))
            return exact;
        var element = _payload.RootElement;
        foreach (var part in name.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(part, out element))
                return null;
        }

        return element;
    }
}
