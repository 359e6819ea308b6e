using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Operations.Problems;
using static Tollgate.Configuration.Declaration.SettingTypes;
using static Tollgate.Configuration.Formats.DraftSettings;

namespace Tollgate.Configuration.Formats;

/// <summary>The declaration of the settings for the ledger and the registry in it.</summary>
internal static class LedgerFormat
{
    /// <summary>The storage of the ledger.</summary>
    public static readonly SectionSetting<ConfigurationDraft> Ledger = Group(
        "ledger",
        "The storage of the ledger.",
        new ValueSetting<ConfigurationDraft, string>(
            "database",
            DatabaseUrl,
            static draft => draft.Settings.Database,
            static (draft, url) => draft.Settings = draft.Settings with { Database = url },
            "The database server of the ledger, such as postgres://user@host/tollgate; default: a file in the "
                + "data folder. With a server, the data folder buffers records on their way to it."
        )
        {
            Variable = "DATABASE_URL",
        },
        Value(
            "durability",
            Durability,
            static draft => draft.Settings.LedgerDurability,
            static (draft, durability) => draft.Settings = draft.Settings with { LedgerDurability = durability },
            "The failures that a recorded call survives. `strict`: a power failure; each commit waits for the disk. "
                + "`process`: the end of the program, even by kill -9, but not a power failure, which can lose the "
                + "last seconds."
        ),
        Value(
            "checkpoint",
            Size,
            static draft => draft.Settings.LedgerCheckpoint,
            static (draft, size) => draft.Settings = draft.Settings with { LedgerCheckpoint = size },
            "The size of the write-ahead log at which it is checkpointed into the database, in the background."
        )
    );

    /// <summary>The requirements for what calls name.</summary>
    public static readonly SectionSetting<ConfigurationDraft> Registry = Renamed(
        "registry",
        "directory",
        "Requirements for the users, projects, applications and sessions that calls name.",
        new TextListSetting<ConfigurationDraft>(
            "require",
            Requirement,
            static draft => RegistryRequirementNames.Format(draft.Gateway.RegistryRequirements),
            static (draft, names) =>
                draft.Gateway = draft.Gateway with { RegistryRequirements = RegistryRequirementNames.Parse(names) },
            "The attribution that every call must name and the registry must contain. "
                + "By default, unknown names are accepted. Deactivated entries are always rejected."
        )
    );
}
