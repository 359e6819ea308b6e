using System.Globalization;
using Tollgate.Accounting.Registry;

namespace Tollgate.Operations.Keys;

/// <summary>The rules for the properties of a new key.</summary>
internal static class NewKeyValidator
{
    private const int MaxNameLength = 256;

    /// <summary>Requires that a key can be created.</summary>
    /// <exception cref="OperationException">It cannot; the message names the field, its value and what is
    /// allowed.</exception>
    public static void Validate(NewVirtualKey request, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > MaxNameLength)
            throw FieldRules.CreateException(
                "name",
                $"name must have 1 to {MaxNameLength} characters and not be blank."
            );
        if (request.ExpiresAt is { } expiry && expiry <= now)
            throw FieldRules.CreateException(
                "expires_at",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"expires_at {expiry:u} is in the past: the key could never be used. Use a time after {now:u}."
                )
            );
        if (request.AllowedModels is { } models && (models.Count == 0 || models.Any(IsNotOneLine)))
            throw FieldRules.CreateException(
                "models",
                "models must list names of one line each, or be left out to allow every model."
            );
        if (request.Metadata?.Keys.Any(string.IsNullOrWhiteSpace) == true)
            throw FieldRules.CreateException("metadata", "metadata has an entry whose name is blank. Name each entry.");
    }

    private static bool IsNotOneLine(string model) =>
        string.IsNullOrWhiteSpace(model) || model.AsSpan().ContainsAny('\r', '\n');
}
