using System.Globalization;
using System.Text;
using Tollgate.Accounting.Registry;

namespace Tollgate.Operations.Keys;

/// <summary>The rules for the properties of a new key.</summary>
internal static class NewKeyValidator
{
    private const int MaxNameLength = 256;
    private const int MaxTextLength = 32 * 1024;

    /// <summary>Requires that a key can be created.</summary>
    /// <exception cref="OperationException">It cannot; the message names the field, its value and what is
    /// allowed.</exception>
    public static void Validate(NewVirtualKey request, DateTimeOffset now)
    {
        RequireName("name", request.Name);
        RequireName("user", request.User);
        RequireName("project", request.Project);
        RequireName("team", request.Team);
        RequireName("organization", request.Organization);
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
        var size =
            (request.AllowedModels?.Sum(static model => model.Length) ?? 0)
            + (request.Metadata?.Sum(static note => note.Key.Length + note.Value.Length) ?? 0);
        if (size > MaxTextLength)
            throw FieldRules.CreateException(
                request.Metadata is null ? "models" : "metadata",
                $"models and metadata may have {MaxTextLength} characters together, not {size}."
            );
        if (request.Metadata?.Keys.Any(string.IsNullOrWhiteSpace) == true)
            throw FieldRules.CreateException("metadata", "metadata has an entry whose name is blank. Name each entry.");
    }

    /// <summary>Requires a text that every store can save, under which usage is recorded; null is allowed.</summary>
    private static void RequireName(string field, string? name)
    {
        if (name is not null && (string.IsNullOrWhiteSpace(name) || name.Length > MaxNameLength || !IsText(name)))
            throw FieldRules.CreateException(
                field,
                $"{field} must have 1 to {MaxNameLength} characters, without control characters, and not be blank."
            );
    }

    private static bool IsText(string name)
    {
        foreach (var rune in name.EnumerateRunes())
            if (Rune.IsControl(rune) || rune == Rune.ReplacementChar)
                return false;
        return true;
    }

    private static bool IsNotOneLine(string model) =>
        string.IsNullOrWhiteSpace(model) || model.AsSpan().ContainsAny('\r', '\n');
}
