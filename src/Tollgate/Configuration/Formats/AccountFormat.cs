using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Identity;
using static Tollgate.Configuration.Declaration.SettingTypes;
using static Tollgate.Configuration.Formats.DraftSettings;

namespace Tollgate.Configuration.Formats;

/// <summary>The section <c>accounts</c>: sign-in, sessions, and the key that encrypts secrets.</summary>
internal static class AccountFormat
{
    public static readonly Setting<ConfigurationDraft> Section = Group(
        "accounts",
        "How people and programs sign in to the management API.",
        new ValueSetting<ConfigurationDraft, string>(
            "master_key",
            Secret,
            static draft => draft.Settings.Identity.MasterKey,
            static (draft, key) => Change(draft, identity => identity with { MasterKey = key }),
            "The key that encrypts secrets in the database: 32 bytes in base64 or hexadecimal; write ${NAME}, or set "
                + "the variable. Gateways that share a database need the same one."
        )
        {
            Variable = IdentityOptions.MasterKeyVariable,
        },
        new ValueSetting<ConfigurationDraft, string>(
            "previous_master_key",
            Secret,
            static draft => draft.Settings.Identity.PreviousMasterKey,
            static (draft, key) => Change(draft, identity => identity with { PreviousMasterKey = key }),
            "The master key before, while the secrets are encrypted with the new one; see 'tollgate secrets rotate'."
        )
        {
            Variable = IdentityOptions.PreviousMasterKeyVariable,
        },
        new ValueSetting<ConfigurationDraft, string>(
            "master_key_file",
            SettingTypes.Path,
            static draft => draft.Settings.Identity.MasterKeyFile,
            static (draft, file) => Change(draft, identity => identity with { MasterKeyFile = file }),
            "A file with the master key. If neither is set, master.key in the data folder, which is created. Relative "
                + "to this file."
        )
        {
            Variable = "TOLLGATE_MASTER_KEY_FILE",
        },
        Value(
            "session_idle_timeout",
            Duration,
            static draft => draft.Settings.Identity.SessionIdleTimeout,
            static (draft, time) => Change(draft, identity => identity with { SessionIdleTimeout = time }),
            "How long a session may be unused before its owner must sign in again."
        ),
        Value(
            "session_lifetime",
            Duration,
            static draft => draft.Settings.Identity.SessionLifetime,
            static (draft, time) => Change(draft, identity => identity with { SessionLifetime = time }),
            "How long a session lasts at most."
        ),
        Value(
            "users_manage_own_keys",
            SettingTypes.Boolean,
            static draft => draft.Settings.Identity.UsersManageOwnKeys,
            static (draft, on) => Change(draft, identity => identity with { UsersManageOwnKeys = on }),
            "If true, accounts with the role user may create and revoke virtual keys of their own."
        ),
        OpenIdFormat.Section
    );

    private static void Change(ConfigurationDraft draft, Func<IdentityOptions, IdentityOptions> change) =>
        draft.Settings = draft.Settings with { Identity = change(draft.Settings.Identity) };
}
