namespace Tollgate.Accounting.Registry;

/// <summary>The rules for creating, finding and rotating keys.</summary>
internal static class VirtualKeyValidator
{
    public static void Validate(NewVirtualKey request, DateTimeOffset now)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(request.Name, nameof(request.Name));
        if (request.ExpiresAt <= now)
            throw new ArgumentException(
                $"ExpiresAt is {request.ExpiresAt:u}, which is in the past: the key could never be used.",
                nameof(request)
            );
        if (request.AllowedModels is { } models && (models.Count == 0 || models.Any(IsNotOneLine)))
            throw new ArgumentException(
                "AllowedModels must be null to allow every model, or a list of non-blank, single-line names.",
                nameof(request)
            );
    }

    /// <summary>Returns the only key whose id or shown prefix begins with a text; null if there is none.</summary>
    public static VirtualKey? FindMatch(IEnumerable<VirtualKey> keys, string idOrPrefix)
    {
        var begun = keys.Where(key =>
                key.Id.StartsWith(idOrPrefix, StringComparison.Ordinal) || MatchesPrefix(key, idOrPrefix)
            )
            .ToList();
        if (begun.Count <= 1)
            return begun.SingleOrDefault();
        throw new ArgumentException(
            $"{begun.Count} keys begin with '{idOrPrefix}': "
                + $"{string.Join(", ", begun.Select(key => $"{key.Id} ({key.Name})"))}. Specify the full id.",
            nameof(idOrPrefix)
        );
    }

    public static void RequireActive(VirtualKey key, DateTimeOffset now)
    {
        if (key.StatusAt(now) is var status && status != VirtualKeyStatus.Active)
            throw new ArgumentException(
                $"The key {key.Id} '{key.Name}' is {status.ToString().ToLowerInvariant()}: a new secret would not "
                    + $"work. Create a new key.",
                nameof(key)
            );
    }

    /// <summary>
    /// True if a text is the shown prefix, or a beginning of it that is longer than the part all keys share.
    /// </summary>
    private static bool MatchesPrefix(VirtualKey key, string text) =>
        text.Length > VirtualKeys.KeyPrefix.Length && key.Prefix.StartsWith(text, StringComparison.Ordinal);

    private static bool IsNotOneLine(string model) =>
        string.IsNullOrWhiteSpace(model) || model.AsSpan().ContainsAny('\r', '\n');
}
