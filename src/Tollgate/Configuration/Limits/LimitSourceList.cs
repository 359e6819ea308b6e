using Tollgate.Configuration.Drafts;
using Tollgate.Configuration.Variables;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Problems;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Configuration.Limits;

/// <summary>
/// All limits of a configuration, by owner. A variable takes precedence over the file if both define the same limit.
/// </summary>
internal static class LimitSourceList
{
    public static IReadOnlyList<LimitSource> Create(
        ConfigurationDraft draft,
        string? file,
        VariableSet variables,
        ProblemList problems
    )
    {
        // Including sources without limits, so that the limits they defined before are removed.
        IReadOnlyList<Limit> environment = VariableLimits.Read(variables, problems),
            own = draft.Limits;
        if (environment.Count > 0 || own.Count > 0 || draft.LimitsFile is not null)
            (environment, own) = WithoutRepeats([.. environment], draft, file, variables, problems);
        return file is null
            ? [new(LimitSource.Environment, [.. environment, .. own])]
            : [new(LimitSource.Environment, environment), new(Path.GetFullPath(file), own)];
    }

    private static (IReadOnlyList<Limit> Environment, IReadOnlyList<Limit> Own) WithoutRepeats(
        List<Limit> environment,
        ConfigurationDraft draft,
        string? file,
        VariableSet variables,
        ProblemList problems
    )
    {
        List<Limit> own = [.. draft.Limits];
        if (draft.LimitsFile is { } path)
        {
            foreach (var limit in LimitsFile.Read(path, variables, problems))
            {
                if (own.Exists(other => other.Id == limit.Id))
                    problems.Error(
                        path,
                        "",
                        $"The limit '{limit.Id}' is also set in {Path.GetFileName(file)}. Keep one."
                    );
                else
                    own.Add(limit);
            }
        }

        foreach (var limit in own.Where(limit => environment.Exists(other => other.Id == limit.Id)).ToList())
        {
            problems.Warn(
                file ?? "environment",
                "",
                $"The limit '{limit.Id}' is also set by a variable, which takes precedence."
            );
            own.Remove(limit);
        }

        return (environment, own);
    }
}
