using System.Globalization;
using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Stores.Sqlite;
using Tollgate.Accounting.Stores.Sqlite.Native;

namespace Tollgate.Accounting.ImportExport;

/// <summary>
/// The SQLite file of <c>llm-accounting</c>: a table <c>accounting_entries</c> whose columns differ between its
/// versions (https://github.com/matdev83/llm-accounting). Columns that a version lacks are treated as absent.
/// </summary>
internal static class LlmAccountingFile
{
    public static IEnumerable<FieldRow> ReadRows(string path)
    {
        using var connection = Open(path);
        using var command = connection.CreateCommand("SELECT * FROM accounting_entries ORDER BY rowid");
        using var reader = Execute(command, path);
        var names = Enumerable
            .Range(0, reader.FieldCount)
            .ToDictionary(NameOf, static column => column, StringComparer.Ordinal);
        if (!names.ContainsKey("datetime") || !names.ContainsKey("model"))
            throw new FormatException(
                $"'{path}': the table accounting_entries has no columns 'datetime' and 'model', but "
                    + $"{string.Join(", ", names.Keys)}."
            );
        for (long line = 1; reader.Read(); line++)
            yield return new FieldRow(
                names,
                [.. Enumerable.Range(0, reader.FieldCount).Select(column => Text(reader, column))],
                line
            );

        // Later versions call it timestamp.
        string NameOf(int column) => reader.GetName(column) is "timestamp" ? "datetime" : reader.GetName(column);
    }

    private static SqliteConnection Open(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"The file '{path}' does not exist.", path);
        SqliteLibrary.EnsureLoaded();
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadOnly,
                Pooling = false,
            }.ToString()
        );
        connection.Open();
        return connection;
    }

    private static SqliteDataReader Execute(SqliteCommand command, string path)
    {
        try
        {
            return command.ExecuteReader();
        }
        catch (SqliteException exception)
        {
            throw new FormatException($"'{path}' is not an llm-accounting database: {exception.Message}", exception);
        }
    }

    private static string Text(SqliteDataReader reader, int column) =>
        reader.IsDBNull(column)
            ? ""
            : reader.GetValue(column) switch
            {
                double number => number.ToString("R", CultureInfo.InvariantCulture),
                IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                var other => other.ToString() ?? "",
            };
}
