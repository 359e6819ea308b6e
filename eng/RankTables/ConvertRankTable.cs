using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Converts a rank table from the form in which the package contains it, a heading and then one token in base64 per
/// line, to the form that the library embeds: the number of tokens (int32, little endian), the length of each token
/// (one byte), and the bytes of all tokens. The rank of a token is its index.
/// </summary>
public sealed class ConvertRankTable : Task
{
    /// <summary>The assembly that contains the table.</summary>
    [Required]
    public string Assembly { get; set; }

    /// <summary>The name of the embedded resource: the text, compressed.</summary>
    [Required]
    public string Resource { get; set; }

    /// <summary>
    /// The SHA-256 of the table in the form in which OpenAI publishes it, one token in base64 and its rank per line; in
    /// hexadecimal digits.
    /// </summary>
    [Required]
    public string Sha256 { get; set; }

    /// <summary>The file to write.</summary>
    [Required]
    public string Output { get; set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        var text = ReadText();
        if (text == null)
            return false;
        var tokens = text.Split(new[] { '\r', '\n' }, StringSplitOptions.RemoveEmptyEntries).Skip(1).ToArray();
        var found = ComputeSha256(string.Concat(tokens.Select((token, rank) => token + " " + rank + "\n")));
        if (found != Sha256)
        {
            Log.LogError(
                "The table {0} in {1} is not the one that OpenAI published: its SHA-256 is {2}, not {3}.",
                Resource,
                Assembly,
                found,
                Sha256
            );
            return false;
        }

        Write(tokens.Select(Convert.FromBase64String).ToArray());
        return true;
    }

    private string ReadText()
    {
        var assembly = System.Reflection.Assembly.Load(File.ReadAllBytes(Assembly));
        using (var resource = assembly.GetManifestResourceStream(Resource))
        {
            if (resource == null)
            {
                Log.LogError("{0} does not contain the resource {1}.", Assembly, Resource);
                return null;
            }

            using (var inflated = new DeflateStream(resource, CompressionMode.Decompress))
            using (var text = new StreamReader(inflated, Encoding.ASCII))
                return text.ReadToEnd();
        }
    }

    private static string ComputeSha256(string text)
    {
        using (var sha256 = SHA256.Create())
        {
            var hash = sha256.ComputeHash(Encoding.ASCII.GetBytes(text));
            return string.Concat(hash.Select(value => value.ToString("x2")));
        }
    }

    /// <summary>Writes to a temporary file first, so that an interrupted build leaves no partial table.</summary>
    private void Write(byte[][] tokens)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Output));
        var temporary = Output + "." + Guid.NewGuid().ToString("N");
        using (var writer = new BinaryWriter(File.Create(temporary)))
        {
            writer.Write(tokens.Length);
            writer.Write(tokens.Select(token => (byte)token.Length).ToArray());
            foreach (var token in tokens)
                writer.Write(token);
        }

        File.Delete(Output);
        File.Move(temporary, Output);
    }
}
