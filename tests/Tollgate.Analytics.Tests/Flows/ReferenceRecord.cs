using Tollgate.Analytics.Flows;

namespace Tollgate.Analytics.Tests.Flows;

/// <summary>One record of a CSV text, read one character at a time.</summary>
internal sealed class ReferenceRecord
{
    public List<byte[]> Fields { get; } = [];

    /// <summary>With its line end.</summary>
    public int Length { get; private set; }

    public RejectReason? Flaw { get; private set; }

    public byte[] Text { get; private set; } = [];

    public bool IsEmpty => Flaw is null && Text.Length == 0;

    public static ReferenceRecord Read(byte[] file, int start, byte delimiter, int capacity)
    {
        var record = new ReferenceRecord();
        var field = new List<byte>();
        var (at, isQuoted, isOpen, hasStray) = (start, false, false, false);
        for (; at < file.Length; at++)
        {
            var letter = file[at];
            if (isOpen)
            {
                if (letter != '"')
                    field.Add(letter);
                else if (at + 1 < file.Length && file[at + 1] == '"')
                    field.Add(file[at++]);
                else
                    isOpen = false;
            }
            else if (letter == '"' && (at == start || file[at - 1] == delimiter))
            {
                (isQuoted, isOpen) = (true, true);
            }
            else if (letter == delimiter || letter == '\n')
            {
                if (letter == '\n')
                    break;
                EndField(isLast: false);
            }
            else
            {
                field.Add(letter);
                var isLineEnd = letter == '\r' && (at + 1 == file.Length || file[at + 1] == '\n');
                if (isQuoted && !isLineEnd)
                    hasStray = true;
            }
        }

        if (isOpen || at - start > capacity - 1)
            return Flawed(file, start, capacity);
        EndField(isLast: true);
        record.Length = Math.Min(at + 1, file.Length) - start;
        record.Text = WithoutReturn(file[start..at]);
        if (hasStray && record.Text.Length > 0)
            record.Flaw = RejectReason.StrayQuote;
        return record;

        void EndField(bool isLast)
        {
            record.Fields.Add(isLast ? WithoutReturn([.. field], isQuoted && !EndsOpen()) : [.. field]);
            field.Clear();
            isQuoted = false;
        }

        // A carriage return within quotes is text; one behind them ends the line.
        bool EndsOpen() => at > start && file[at - 1] == '\r';
    }

    private static ReferenceRecord Flawed(byte[] file, int start, int capacity)
    {
        var end = Array.IndexOf(file, (byte)'\n', start);
        var line = (end < 0 ? file.Length : end) - start;
        var isTooLong = line > capacity - 1;
        return new ReferenceRecord
        {
            Flaw = isTooLong ? RejectReason.TooLong : RejectReason.UnclosedQuote,
            Length = end < 0 ? file.Length - start : line + 1,
            Text = isTooLong ? file[start..(start + capacity)] : WithoutReturn(file[start..(start + line)]),
        };
    }

    private static byte[] WithoutReturn(byte[] text, bool isKept = false) =>
        !isKept && text is [.., (byte)'\r'] ? text[..^1] : text;
}
