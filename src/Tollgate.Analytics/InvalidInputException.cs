namespace Tollgate.Analytics;

/// <summary>What was given cannot be worked with. The message names every field and what is wrong with it.</summary>
public sealed class InvalidInputException : ArgumentException
{
    /// <summary>An exception about one field.</summary>
    public InvalidInputException(string field, string reason)
        : this([new InputProblem(field, reason)]) { }

    /// <summary>An exception about everything that was found.</summary>
    public InvalidInputException(IReadOnlyList<InputProblem> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>What is wrong, a field each.</summary>
    public IReadOnlyList<InputProblem> Problems { get; }
}
