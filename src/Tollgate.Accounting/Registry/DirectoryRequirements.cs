namespace Tollgate.Accounting.Registry;

/// <summary>What every usage must name, and the directory must know.</summary>
[Flags]
public enum DirectoryRequirements
{
    /// <summary>Nothing: a name that the directory does not know is taken as it comes.</summary>
    None = 0,

    /// <summary>A known user.</summary>
    Users = 1,

    /// <summary>A known project.</summary>
    Projects = 2,

    /// <summary>A known application.</summary>
    Applications = 4,

    /// <summary>A known session.</summary>
    Sessions = 8,
}
