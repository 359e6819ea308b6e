using System.Text;
using Tollgate.Analytics.Flows;
using Tollgate.Operations.Flows;
using Tollgate.Operations.Jobs;

namespace Tollgate.Operations.JobKinds;

/// <summary>Analyzes an uploaded CSV file. The result is that of <c>tollgate flows --format json</c>.</summary>
public static class FlowsJob
{
    /// <summary>The name of the kind.</summary>
    public const string Kind = "flows";

    /// <summary>The name of the file in messages.</summary>
    private const string FileName = "flows.csv";

    /// <summary>Returns the work.</summary>
    /// <param name="upload">The file.</param>
    /// <param name="options">The analysis.</param>
    /// <param name="zone">The time zone of the reported peak.</param>
    public static Func<JobContext, Task> Create(JobUpload upload, FlowOptions options, TimeZoneInfo zone) =>
        async context =>
        {
            context.Report(0, "reading");
            var size = Math.Max(1, upload.Length);
            var report = await FlowOperations.AnalyzeAsync(
                [new FlowSource(FileName, FlowSource.File(upload.Path).Open)],
                options with
                {
                    Threads = JobResults.Threads,
                    Progress = new JobProgress<long>(bytes => context.Report((double)bytes / size, "reading")),
                },
                context.CancellationToken
            );
            context.ResultType = "application/json";
            await using var result = context.OpenResult();
            var text = FlowReportJson.Create(report, new FlowReportFormatter(report, zone));
            await result.WriteAsync(Encoding.UTF8.GetBytes(text), context.CancellationToken);
        };
}
