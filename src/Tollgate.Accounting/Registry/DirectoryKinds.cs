namespace Tollgate.Accounting.Registry;

/// <summary>The kinds of entries that the directory itself knows. Others pass through it unread.</summary>
public static class DirectoryKinds
{
    /// <summary>Virtual keys, by id.</summary>
    public const string Key = "key";

    /// <summary>Users, by name.</summary>
    public const string User = "user";

    /// <summary>Projects, by name.</summary>
    public const string Project = "project";

    /// <summary>Applications, by name.</summary>
    public const string Application = "application";

    /// <summary>Sessions, by name.</summary>
    public const string Session = "session";

    /// <summary>In a local file only: how far its entries were handed over to a server.</summary>
    internal const string Handover = "handover";
}
