using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Operations.Jobs;
using static Tollgate.Configuration.Declaration.SettingTypes;
using static Tollgate.Configuration.Formats.DraftSettings;

namespace Tollgate.Configuration.Formats;

/// <summary>The section <c>jobs</c>: the bounds of work in the background.</summary>
internal static class JobFormat
{
    public static readonly Setting<ConfigurationDraft> Section = Group(
        "jobs",
        "Work in the background that the management API starts, such as simulations and exports. It shares the "
            + "processor and the disk with the gateway's calls.",
        Value(
            "max_running",
            Integer(1, 16),
            static draft => draft.Settings.Jobs.MaxRunning,
            static (draft, count) => Change(draft, jobs => jobs with { MaxRunning = (int)count }),
            "The maximum number of jobs that run at once."
        ),
        Value(
            "max_queued",
            Integer(0, 1000),
            static draft => draft.Settings.Jobs.MaxQueued,
            static (draft, count) => Change(draft, jobs => jobs with { MaxQueued = (int)count }),
            "The maximum number of jobs that wait; more get status 409."
        ),
        Value(
            "max_minutes",
            Integer(1, 1440),
            static draft => (long)draft.Settings.Jobs.MaxDuration.TotalMinutes,
            static (draft, minutes) => Change(draft, jobs => jobs with { MaxDuration = TimeSpan.FromMinutes(minutes) }),
            "The maximum time that a job runs, in minutes."
        ),
        Value(
            "max_result_bytes",
            Size,
            static draft => draft.Settings.Jobs.MaxResultBytes,
            static (draft, size) => Change(draft, jobs => jobs with { MaxResultBytes = size }),
            "The maximum size of all results in the data folder; the oldest are removed."
        )
    );

    private static void Change(ConfigurationDraft draft, Func<JobOptions, JobOptions> change) =>
        draft.Settings = draft.Settings with { Jobs = change(draft.Settings.Jobs) };
}
