namespace Tollgate.Accounting.Registry;

/// <summary>The kinds of entries that the registry itself interprets. Others pass through unread.</summary>
public static class RegistryKinds
{
    /// <summary>Virtual keys, by id.</summary>
    public const string Key = "key";

    /// <summary>Users, by name.</summary>
    public const string User = "user";

    /// <summary>Projects, by name.</summary>
    public const string Project = "project";

    /// <summary>Teams, by name.</summary>
    public const string Team = "team";

    /// <summary>Applications, by name.</summary>
    public const string Application = "application";

    /// <summary>Conversations, by name.</summary>
    public const string Conversation = "session";

    /// <summary>In a local file only: up to which version its entries were migrated to a server.</summary>
    internal const string Migration = "migration";

    /// <summary>The same mark, as stored by earlier versions.</summary>
    internal const string FormerMigration = "handover";
}
