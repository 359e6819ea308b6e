namespace Tollgate.Analytics.Flows;

/// <summary>A file as a whole cannot be analyzed; the message names it and explains what to do.</summary>
public sealed class FlowFileException : Exception
{
    /// <param name="message">The problem, its place, and what to do.</param>
    /// <param name="inner">The cause.</param>
    public FlowFileException(string message, Exception? inner = null)
        : base(message, inner) { }
}
