namespace Tollgate.Accounting.Registry;

/// <summary>The names that every usage must carry and the registry must contain.</summary>
[Flags]
public enum RegistryRequirements
{
    /// <summary>Nothing: names that the registry does not contain are accepted as they are.</summary>
    None = 0,

    /// <summary>A registered user.</summary>
    Users = 1,

    /// <summary>A registered project.</summary>
    Projects = 2,

    /// <summary>A registered application.</summary>
    Applications = 4,

    /// <summary>A registered conversation.</summary>
    Sessions = 8,
}
