namespace Tollgate.Accounting.Registry;

/// <summary>Why the directory does not let a usage pass.</summary>
public enum DirectoryRefusalReason
{
    /// <summary>It is deactivated. This holds whatever is required.</summary>
    Disabled,

    /// <summary>A known one is required, and this one is not.</summary>
    Unknown,

    /// <summary>A known one is required, and none is named.</summary>
    Missing,
}

/// <summary>A usage that the directory does not let pass.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Kind">What it is about: <c>user</c>, <c>project</c>, <c>application</c> or <c>session</c>.</param>
/// <param name="Name">The name; null where none is given.</param>
public sealed record DirectoryRefusal(DirectoryRefusalReason Reason, string Kind, string? Name)
{
    /// <summary>
    /// A stable word for programs, such as <c>user_disabled</c>, <c>unknown_project</c> or <c>missing_session</c>.
    /// </summary>
    public string Code =>
        Reason switch
        {
            DirectoryRefusalReason.Disabled => $"{Kind}_disabled",
            DirectoryRefusalReason.Unknown => $"unknown_{Kind}",
            _ => $"missing_{Kind}",
        };

    /// <summary>A sentence for people.</summary>
    public string Message =>
        Reason switch
        {
            DirectoryRefusalReason.Disabled => $"The {Kind} '{Name}' is deactivated.",
            DirectoryRefusalReason.Unknown =>
                $"The {Kind} '{Name}' is not in the directory, and only those that are there are accepted.",
            _ => $"No {Kind} is named, and one that is in the directory is required.",
        };
}
