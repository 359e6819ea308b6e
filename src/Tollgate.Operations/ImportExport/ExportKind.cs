namespace Tollgate.Operations.ImportExport;

/// <summary>The contents and the file format of an export, by the names of the command line and the API.</summary>
/// <param name="Name">The name, such as <c>focus-jsonl</c>.</param>
/// <param name="Format">The file format.</param>
/// <param name="IsFocus">True for costs in the columns of FOCUS; false for records with all fields.</param>
/// <param name="MediaType">The media type of the file.</param>
/// <param name="Extension">The extension of the file, without a period.</param>
public sealed record ExportKind(string Name, ExportFormat Format, bool IsFocus, string MediaType, string Extension)
{
    private const string Csv = "text/csv; charset=utf-8";
    private const string JsonLines = "application/jsonl";
    private const string Parquet = "application/vnd.apache.parquet";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ExportKind> All { get; } =
    [
        new("csv", ExportFormat.Csv, IsFocus: false, Csv, "csv"),
        new("jsonl", ExportFormat.JsonLines, IsFocus: false, JsonLines, "jsonl"),
        new("parquet", ExportFormat.Parquet, IsFocus: false, Parquet, "parquet"),
        new("focus", ExportFormat.Csv, IsFocus: true, Csv, "csv"),
        new("focus-jsonl", ExportFormat.JsonLines, IsFocus: true, JsonLines, "jsonl"),
        new("focus-parquet", ExportFormat.Parquet, IsFocus: true, Parquet, "parquet"),
    ];

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(static kind => kind.Name)];

    /// <summary>Finds a kind by its name; returns null if there is none.</summary>
    public static ExportKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
