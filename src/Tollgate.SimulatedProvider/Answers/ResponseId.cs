namespace Tollgate.SimulatedProvider.Answers;

/// <summary>The id of a response.</summary>
/// <param name="Prefix">The prefix that the provider gives it, such as <c>chatcmpl-</c>.</param>
/// <param name="Suffix">The rest, also for the ids of the response's items.</param>
internal readonly record struct ResponseId(string Prefix, string Suffix)
{
    public string Text => Prefix + Suffix;
}
