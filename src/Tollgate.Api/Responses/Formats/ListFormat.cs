namespace Tollgate.Api.Responses.Formats;

/// <summary>The formats of a list.</summary>
internal enum ListFormat
{
    /// <summary>A page as JSON.</summary>
    Json,

    /// <summary>All rows as CSV with a header (RFC 4180).</summary>
    Csv,

    /// <summary>All rows as JSON, a line each.</summary>
    JsonLines,
}
