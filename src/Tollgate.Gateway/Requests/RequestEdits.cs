using System.Text;
using System.Text.Json;

namespace Tollgate.Gateway.Requests;

/// <summary>The changes that a request's body needs before it is sent; most need none.</summary>
internal static class RequestEdits
{
    private static readonly byte[] WholeStreamOptions = "\"stream_options\":{\"include_usage\":true},"u8.ToArray();
    private static readonly byte[] StreamOptionsValue = "{\"include_usage\":true}"u8.ToArray();
    private static readonly byte[] FirstMember = "\"include_usage\":true"u8.ToArray();
    private static readonly byte[] Member = "\"include_usage\":true,"u8.ToArray();
    private static readonly byte[] True = "true"u8.ToArray();

    /// <summary>The splices, ordered by offset.</summary>
    /// <param name="fields">The positions of the fields in the body.</param>
    /// <param name="model">The model to request; null to leave the caller's name.</param>
    /// <param name="askForUsage">True if the usage chunk must be requested.</param>
    public static IReadOnlyList<BodyEdit> Create(RequestFields fields, string? model, bool askForUsage)
    {
        var renames = model is not null && model != fields.Model && fields.ModelValue.Length > 0;
        if (!renames && !askForUsage)
            return [];
        var splices = new List<BodyEdit>(2);
        if (askForUsage)
            splices.Add(IncludeUsage(fields));
        if (renames)
            splices.Add(new BodyEdit(fields.ModelValue.Start, fields.ModelValue.Length, Quote(model!)));
        splices.Sort(static (left, right) => left.Offset.CompareTo(right.Offset));
        return splices;
    }

    private static BodyEdit IncludeUsage(RequestFields fields)
    {
        if (fields.StreamOptions is not { } options)
            return new BodyEdit(fields.BodyStart + 1, 0, WholeStreamOptions);
        if (!fields.StreamOptionsIsObject)
            return new BodyEdit(options.Start, options.Length, StreamOptionsValue);
        if (fields.IncludeUsageValue is { } value)
            return new BodyEdit(value.Start, value.Length, True);
        return new BodyEdit(options.Start + 1, 0, fields.StreamOptionsIsEmpty ? FirstMember : Member);
    }

    private static byte[] Quote(string text) => Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(text)}\"");
}
