namespace Tollgate.Configuration.Problems;

/// <summary>How bad a problem is.</summary>
internal enum ProblemKind
{
    /// <summary>The gate can run, but perhaps not as was meant.</summary>
    Warning,

    /// <summary>The gate must not run.</summary>
    Error,
}

/// <summary>What is wrong with a configuration, and where. Never holds the value of a variable or a key.</summary>
/// <param name="Kind">How bad it is.</param>
/// <param name="Place">The file with line and column, or the source of a variable.</param>
/// <param name="Path">The path within the file, such as <c>routing.retries</c>; empty where there is none.</param>
/// <param name="Message">What is wrong, and what to do.</param>
internal sealed record ConfigurationProblem(ProblemKind Kind, string Place, string Path, string Message)
{
    public override string ToString()
    {
        var kind = Kind == ProblemKind.Error ? "error" : "warning";
        return Path.Length == 0 ? $"{Place}: {kind}: {Message}" : $"{Place}: {kind}: {Path}: {Message}";
    }
}

/// <summary>Everything that was found wrong so far. All of it is reported at once.</summary>
internal sealed class ProblemList
{
    private readonly List<ConfigurationProblem> _problems = [];
    private readonly HashSet<ConfigurationProblem> _told = [];

    public IReadOnlyList<ConfigurationProblem> All => _problems;

    public bool HasErrors => Errors > 0;

    public int Errors { get; private set; }

    public void Error(string place, string path, string message) => Add(new(ProblemKind.Error, place, path, message));

    public void Warn(string place, string path, string message) => Add(new(ProblemKind.Warning, place, path, message));

    /// <summary>What stands behind an alias is met more than once, but told once.</summary>
    private void Add(ConfigurationProblem problem)
    {
        if (!_told.Add(problem))
            return;
        _problems.Add(problem);
        if (problem.Kind == ProblemKind.Error)
            Errors++;
    }
}
