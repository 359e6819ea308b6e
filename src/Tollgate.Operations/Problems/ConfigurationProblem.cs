namespace Tollgate.Operations.Problems;

/// <summary>The severity of a problem.</summary>
internal enum ProblemKind
{
    /// <summary>The gateway can run, but perhaps not as intended.</summary>
    Warning,

    /// <summary>The gateway must not run.</summary>
    Error,
}

/// <summary>A problem in a configuration, and its location. Never contains the value of a variable or a key.</summary>
/// <param name="Kind">Its severity.</param>
/// <param name="Place">The file with line and column, or the source of a variable.</param>
/// <param name="Path">The path within the file, such as <c>routing.retries</c>; empty if there is none.</param>
/// <param name="Message">The problem, and how to fix it.</param>
internal sealed record ConfigurationProblem(ProblemKind Kind, string Place, string Path, string Message)
{
    public override string ToString()
    {
        var kind = Kind == ProblemKind.Error ? "error" : "warning";
        return Path.Length == 0 ? $"{Place}: {kind}: {Message}" : $"{Place}: {kind}: {Path}: {Message}";
    }
}

/// <summary>All problems found so far. They are reported together.</summary>
internal sealed class ProblemList
{
    private readonly List<ConfigurationProblem> _problems = [];
    private readonly HashSet<ConfigurationProblem> _reported = [];

    public IReadOnlyList<ConfigurationProblem> All => _problems;

    public bool HasErrors => Errors > 0;

    public int Errors { get; private set; }

    public void Error(string place, string path, string message) => Add(new(ProblemKind.Error, place, path, message));

    public void Warn(string place, string path, string message) => Add(new(ProblemKind.Warning, place, path, message));

    /// <summary>The contents of a YAML alias are visited more than once, but reported once.</summary>
    private void Add(ConfigurationProblem problem)
    {
        if (!_reported.Add(problem))
            return;
        _problems.Add(problem);
        if (problem.Kind == ProblemKind.Error)
            Errors++;
    }
}
