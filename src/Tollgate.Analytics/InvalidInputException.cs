namespace Tollgate.Analytics;

/// <summary>The input is invalid. The message names every field and what is wrong with it.</summary>
public sealed class InvalidInputException : ArgumentException
{
    /// <summary>Creates an exception about one field.</summary>
    public InvalidInputException(string field, string reason)
        : this([new InputProblem(field, reason)]) { }

    /// <summary>Creates an exception about all problems.</summary>
    public InvalidInputException(IReadOnlyList<InputProblem> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>The problems, one per field.</summary>
    public IReadOnlyList<InputProblem> Problems { get; }
}
