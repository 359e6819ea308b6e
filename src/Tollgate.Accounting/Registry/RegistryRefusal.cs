namespace Tollgate.Accounting.Registry;

/// <summary>The reason why the registry rejects a usage.</summary>
public enum RegistryRefusalReason
{
    /// <summary>The entry is deactivated. This applies whatever is required.</summary>
    Disabled,

    /// <summary>A registered name is required, and this one is not registered.</summary>
    Unknown,

    /// <summary>A registered name is required, and none is given.</summary>
    Missing,
}

/// <summary>A usage that the registry rejects.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Kind">The kind of entry: <c>user</c>, <c>project</c>, <c>application</c> or <c>session</c>.</param>
/// <param name="Name">The name; null if none is given.</param>
public sealed record RegistryRefusal(RegistryRefusalReason Reason, string Kind, string? Name)
{
    /// <summary>
    /// A stable, machine-readable code, such as <c>user_disabled</c>, <c>unknown_project</c> or <c>missing_session</c>.
    /// </summary>
    public string Code =>
        Reason switch
        {
            RegistryRefusalReason.Disabled => $"{Kind}_disabled",
            RegistryRefusalReason.Unknown => $"unknown_{Kind}",
            _ => $"missing_{Kind}",
        };

    /// <summary>A human-readable message.</summary>
    public string Message =>
        Reason switch
        {
            RegistryRefusalReason.Disabled => $"The {Kind} '{Name}' is deactivated.",
            RegistryRefusalReason.Unknown =>
                $"The {Kind} '{Name}' is not in the registry, and only registered ones are accepted.",
            _ => $"No {Kind} is given, and a registered one is required.",
        };
}
