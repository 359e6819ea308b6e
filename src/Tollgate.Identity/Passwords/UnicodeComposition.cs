using System.Text;

namespace Tollgate.Identity.Passwords;

/// <summary>
/// Unicode's normalization form C: the same text has the same characters, however a keyboard composed its accents.
/// <see cref="string.Normalize()"/> returns its text unchanged without the ICU library, which the program does not
/// load.
/// </summary>
internal static class UnicodeComposition
{
    private const int SyllableBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7; // One below the first tail: a syllable may have none.
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TailCount = 28;
    private const int SyllableCount = LeadCount * VowelCount * TailCount;

    /// <summary>Composes a text. An unpaired surrogate becomes U+FFFD.</summary>
    public static string Compose(string text)
    {
        if (Ascii.IsValid(text))
            return text;
        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, points);
        Reorder(points);
        var composed = new StringBuilder(text.Length);
        foreach (var point in Compose(points))
            composed.Append(new Rune(point));
        return composed.ToString();
    }

    private static void Decompose(int point, List<int> points)
    {
        var syllable = point - SyllableBase;
        if (syllable is >= 0 and < SyllableCount)
        {
            points.Add(LeadBase + (syllable / (VowelCount * TailCount)));
            points.Add(VowelBase + (syllable % (VowelCount * TailCount) / TailCount));
            if (syllable % TailCount is > 0 and var tail)
                points.Add(TailBase + tail);
        }
        else if (CompositionTable.Instance.Decompositions.TryGetValue(point, out var parts))
        {
            Decompose(parts.First, points);
            if (parts.Second != 0)
                Decompose(parts.Second, points);
        }
        else
            points.Add(point);
    }

    /// <summary>Sorts the marks on each letter by their class; marks of one class keep their order.</summary>
    private static void Reorder(List<int> points)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var (point, ownClass) = (points[i], ClassOf(points[i]));
            var place = i;
            for (; ownClass != 0 && place > 0 && ClassOf(points[place - 1]) > ownClass; place--)
                points[place] = points[place - 1];
            points[place] = point;
        }
    }

    private static List<int> Compose(List<int> points)
    {
        var composed = new List<int>(points.Count);
        var (starter, lastClass) = (-1, 0);
        foreach (var point in points)
        {
            var ownClass = ClassOf(point);
            // A mark is blocked by an earlier one of the same or a higher class.
            var isFree = starter >= 0 && (lastClass < ownClass || starter == composed.Count - 1);
            if (isFree && Combine(composed[starter], point) is { } pair)
            {
                composed[starter] = pair;
                continue;
            }

            if (ownClass == 0)
                starter = composed.Count;
            lastClass = ownClass;
            composed.Add(point);
        }

        return composed;
    }

    private static int? Combine(int first, int second)
    {
        var (lead, vowel) = (first - LeadBase, second - VowelBase);
        if (lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount)
            return SyllableBase + (((lead * VowelCount) + vowel) * TailCount);
        var (syllable, tail) = (first - SyllableBase, second - TailBase);
        if (syllable is >= 0 and < SyllableCount && syllable % TailCount == 0 && tail is > 0 and < TailCount)
            return first + tail;
        return CompositionTable.Instance.Compositions.TryGetValue((first, second), out var composed) ? composed : null;
    }

    private static int ClassOf(int point) => CompositionTable.Instance.Classes.GetValueOrDefault(point);
}
