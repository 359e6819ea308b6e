namespace Tollgate.Gateway.Requests;

/// <summary>
/// What a model's name may be. It comes from a caller, and goes into records, logs and terminals: a line break would
/// forge a line there, and a long name would fill the ledger.
/// </summary>
internal static class ModelName
{
    private const int MaxLength = 256;

    /// <summary>Says what is wrong with a name; null where it is good.</summary>
    public static string? Fault(string name)
    {
        if (name.Length > MaxLength)
            return $"The model's name has {name.Length:N0} characters; at most {MaxLength} are accepted.";
        foreach (var character in name)
            if (char.IsControl(character))
                return $"The model's name holds the control character U+{(int)character:X4}.";
        return null;
    }

    /// <summary>Whether the name would be read as a step within a path.</summary>
    public static bool IsPathStep(string name) => name is "." or "..";
}
