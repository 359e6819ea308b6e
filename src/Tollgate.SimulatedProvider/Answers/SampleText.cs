namespace Tollgate.SimulatedProvider.Answers;

/// <summary>
/// Text of a given number of words, each of which the common encodings count as one token with its leading space, so
/// that counting the received part of an interrupted response comes close to what was billed.
/// </summary>
internal static class SampleText
{
    /// <summary>
    /// Longer responses report more tokens than they have words, so that a million of them remain cheap.
    /// </summary>
    public const int MaxWords = 8192;

    private const string Sample =
        "the cost of each call is known only when its last token has been seen and so we count all of them as they go "
        + "by "
        + "one at a time with care and in order until there is no more to say about it and the book can be closed for "
        + "now";

    private static readonly string Text;
    private static readonly int[] Ends;

    static SampleText()
    {
        var sample = Sample.Split(' ');
        Text = string.Concat(Enumerable.Range(0, MaxWords).Select(i => " " + sample[i % sample.Length]));
        Ends = new int[MaxWords + 1];
        for (var i = 0; i < MaxWords; i++)
            Ends[i + 1] = Ends[i] + 1 + sample[i % sample.Length].Length;
    }

    /// <summary>
    /// The words from <paramref name="first"/> (inclusive) to <paramref name="end"/> (exclusive); a text starts without
    /// a space.
    /// </summary>
    public static string GetWords(int first, int end)
    {
        if (end <= first)
            return "";
        var start = first == 0 ? 1 : Ends[first];
        return Text[start..Ends[end]];
    }
}
