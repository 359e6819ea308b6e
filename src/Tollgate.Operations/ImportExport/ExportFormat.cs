namespace Tollgate.Operations.ImportExport;

/// <summary>The file format of an export.</summary>
public enum ExportFormat
{
    /// <summary>CSV with a header (RFC 4180).</summary>
    Csv,

    /// <summary>One JSON object per line.</summary>
    JsonLines,

    /// <summary>Apache Parquet, with typed columns.</summary>
    Parquet,
}
