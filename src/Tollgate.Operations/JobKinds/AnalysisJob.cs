using Tollgate.Operations.Jobs;
using Tollgate.Operations.Samples;
using Tollgate.Operations.Samples.Analyses;

namespace Tollgate.Operations.JobKinds;

/// <summary>Analyzes the columns of a sample. The result is an <see cref="AnalysisResult"/>.</summary>
public static class AnalysisJob
{
    /// <summary>The name of the kind.</summary>
    public const string Kind = "analysis";

    /// <summary>Returns the work.</summary>
    /// <param name="readAsync">Reads the sample.</param>
    /// <param name="rounds">The bootstrap rounds for p values, 0 or from 19 to 1000; null for the default.</param>
    /// <exception cref="OperationException">The number of rounds is not allowed.</exception>
    public static Func<JobContext, Task> Create(Func<CancellationToken, Task<Sample>> readAsync, int? rounds)
    {
        if (rounds is { } given and not 0)
            FieldRules.RequireRange("rounds", given, 19, 1000);
        return async context =>
        {
            context.Report(0, "reading");
            var sample = await readAsync(context.CancellationToken);
            var result = AnalysisOperations.Analyze(
                context.Id.ToString(),
                sample,
                rounds,
                context.Report,
                context.CancellationToken
            );
            await JobResults.WriteAsync(context, result, AnalysisJson.Default.AnalysisResult);
        };
    }
}
