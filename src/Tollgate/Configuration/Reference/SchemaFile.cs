using System.Text.Encodings.Web;
using System.Text.Json;
using Tollgate.Configuration.Formats;

namespace Tollgate.Configuration.Reference;

/// <summary>Writes the JSON schema of <c>tollgate.yaml</c> from its declaration.</summary>
internal static class SchemaFile
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write()
    {
        var schema = TollgateFormat.Root.Schema();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "tollgate.yaml");
        return schema.ToJsonString(Readable) + "\n";
    }
}
