using System.Text.Json;
using System.Text.Json.Serialization;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace CustomStore;

/// <summary>One line of the file: its version, a batch of records, or the sums of those that were purged.</summary>
internal sealed record LedgerLine
{
    public int? Version { get; init; }

    public UsageRecord[]? Records { get; init; }

    public UsageSum[]? Purged { get; init; }
}

/// <summary>All that the file says.</summary>
internal sealed record LedgerContents(int Version, List<UsageRecord> Records, List<UsageSum> Purged);

/// <summary>
/// The file's format. A line counts once its line feed is there: what a dying process left behind the last one is cut
/// off.
/// </summary>
internal static class LedgerLines
{
    private static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new MoneyConverter(), new TokenUsageConverter(), new JsonStringEnumConverter() },
    };

    public static LedgerContents Read(FileStream file)
    {
        var contents = new LedgerContents(0, [], []);
        var bytes = new byte[file.Length];
        file.Position = 0;
        file.ReadExactly(bytes);
        var rest = bytes.AsSpan();
        for (int end; (end = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
        {
            var line = JsonSerializer.Deserialize<LedgerLine>(rest[..end], Json)!;
            contents = contents with { Version = line.Version ?? contents.Version };
            contents.Records.AddRange(line.Records ?? []);
            contents.Purged.AddRange(line.Purged ?? []);
        }

        file.SetLength(bytes.Length - rest.Length);
        return contents;
    }

    /// <summary>Adds a line. When this returns it is on the disk.</summary>
    public static void Append(FileStream file, LedgerLine line)
    {
        file.Position = file.Length;
        file.Write([.. JsonSerializer.SerializeToUtf8Bytes(line, Json), (byte)'\n']);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Puts another file in the place of this one, whole or not at all.</summary>
    public static void Replace(string path, IEnumerable<LedgerLine> lines)
    {
        using (var next = new FileStream(path + ".next", FileMode.Create, FileAccess.ReadWrite))
            foreach (var line in lines)
                Append(next, line);
        File.Move(path + ".next", path, overwrite: true);
    }

    /// <summary>Exact: decimal digits, never a binary fraction.</summary>
    private sealed class MoneyConverter : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            Money.Round(reader.GetDecimal());

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.Usd);
    }

    /// <summary>By name, without what is zero, so that a kind that is added later is zero in older lines.</summary>
    private sealed class TokenUsageConverter : JsonConverter<TokenUsage>
    {
        public override TokenUsage Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            var usage = default(TokenUsage);
            foreach (var (name, count) in JsonSerializer.Deserialize<Dictionary<string, long>>(ref reader)!)
                usage.Adjust(Enum.Parse<UsageKind>(name), count); // A correction may take tokens back.
            return usage;
        }

        public override void Write(Utf8JsonWriter writer, TokenUsage value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var kind in Enum.GetValues<UsageKind>())
                if (value[kind] != 0)
                    writer.WriteNumber(kind.ToString(), value[kind]);
            writer.WriteEndObject();
        }
    }
}
