namespace Tollgate.Gateway.Requests;

/// <summary>
/// Validates a model's name. It comes from a caller and ends up in records, logs and terminals: a line break would
/// forge a line there, and a long name would fill the ledger.
/// </summary>
internal static class ModelName
{
    private const int MaxLength = 256;

    /// <summary>Returns what is wrong with a name, or null if it is valid.</summary>
    public static string? Validate(string name)
    {
        if (name.Length > MaxLength)
            return $"The model name has {name.Length:N0} characters; at most {MaxLength} are allowed.";
        foreach (var character in name)
            if (char.IsControl(character))
                return $"The model name contains the control character U+{(int)character:X4}.";
        return null;
    }

    /// <summary>True if the name would be interpreted as a path segment such as <c>..</c>.</summary>
    public static bool IsDotSegment(string name) => name is "." or "..";
}
