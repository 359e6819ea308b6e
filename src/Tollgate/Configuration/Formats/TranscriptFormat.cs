using Tollgate.Accounting.Transcripts;
using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using static Tollgate.Configuration.Declaration.SettingTypes;
using static Tollgate.Configuration.Formats.DraftSettings;

namespace Tollgate.Configuration.Formats;

/// <summary>The declaration of the settings for the transcript log.</summary>
internal static class TranscriptFormat
{
    /// <summary>The data recorded of calls in addition to their usage.</summary>
    public static readonly SectionSetting<ConfigurationDraft> Section = Renamed(
        "transcripts",
        "audit",
        "The data recorded of calls in addition to their usage, in a separate database. See docs/transcripts.md.",
        Value(
            "texts",
            Choice(
                ("off", TranscriptCapture.Off),
                ("prompts", TranscriptCapture.Prompts),
                ("all", TranscriptCapture.All)
            ),
            static draft => draft.Settings.Transcripts.Capture,
            static (draft, texts) =>
                draft.Settings = draft.Settings with
                {
                    Transcripts = draft.Settings.Transcripts with { Capture = texts },
                },
            "The texts of calls to record: none (off), prompts, or prompts and responses (all)."
        ),
        new ValueSetting<ConfigurationDraft, bool>(
            "denials",
            SettingTypes.Boolean,
            static draft => draft.Settings.Transcripts.RecordsDenials,
            static (draft, on) =>
                draft.Settings = draft.Settings with
                {
                    Transcripts = draft.Settings.Transcripts with { RecordsDenials = on },
                },
            "If true, denied calls are recorded: caller, model and reason, without their texts."
        )
        {
            FormerName = "refusals",
        },
        Value(
            "retention",
            Days,
            static draft => draft.Settings.Transcripts.Retention,
            static (draft, time) =>
                draft.Settings = draft.Settings with
                {
                    Transcripts = draft.Settings.Transcripts with { Retention = time },
                },
            "How long texts and denials are kept."
        ),
        Value(
            "max_text",
            SizeUpTo(4 * 1024 * 1024),
            static draft => draft.Settings.Transcripts.MaxTextBytes,
            static (draft, size) =>
                draft.Settings = draft.Settings with
                {
                    Transcripts = draft.Settings.Transcripts with { MaxTextBytes = (int)size },
                },
            "The maximum size of a recorded text. A longer one is truncated, and marked as such."
        ),
        Value(
            "when_unavailable",
            Choice(("continue", TranscriptOutagePolicy.Continue), ("refuse", TranscriptOutagePolicy.Refuse)),
            static draft => draft.Settings.Transcripts.WhenUnavailable,
            static (draft, outage) =>
                draft.Settings = draft.Settings with
                {
                    Transcripts = draft.Settings.Transcripts with { WhenUnavailable = outage },
                },
            "The behavior while texts cannot be written: continue passes calls on and counts the dropped texts; "
                + "refuse returns 503 before anything is sent."
        ),
        new ValueSetting<ConfigurationDraft, string>(
            "database",
            DatabaseUrl,
            static draft => draft.Settings.TranscriptDatabase,
            static (draft, url) => draft.Settings = draft.Settings with { TranscriptDatabase = url },
            "The database that stores them, such as postgres://user@host/audit or sqlite:///path/to/audit.db; "
                + "default: the file audit.db in the data folder."
        )
        {
            Variable = "AUDIT_DATABASE_URL",
        }
    );
}
