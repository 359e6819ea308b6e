using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Tollgate.Metering.Tests.Tokens;

/// <summary>The reference: OpenAI's tiktoken as its npm package has it, run by node, once for many texts.</summary>
internal static class Tiktoken
{
    private static readonly string Script = Path.GetFullPath(
        Path.Combine(SourceFolder(), "..", "..", "clients", "tiktoken.mjs")
    );

    /// <summary>The tokens of each text.</summary>
    public static List<int[]> Encode(string encoding, IEnumerable<string> texts)
    {
        var folder = Directory.CreateTempSubdirectory("tollgate-tiktoken-").FullName;
        try
        {
            var (given, answered) = (Path.Combine(folder, "texts"), Path.Combine(folder, "tokens"));
            // UTF-16 as it is: lone surrogates must arrive.
            File.WriteAllLines(
                given,
                texts.Select(text => Convert.ToBase64String(MemoryMarshal.AsBytes(text.AsSpan()))),
                Encoding.Latin1
            );
            Run("encode", encoding, given, answered);
            return Split(MemoryMarshal.Cast<byte, int>(File.ReadAllBytes(answered)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>For each code point the classes that tiktoken's regex engine puts it in, as bits.</summary>
    public static byte[] Traits()
    {
        var file = Path.GetTempFileName();
        try
        {
            Run("traits", file);
            return File.ReadAllBytes(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static List<int[]> Split(ReadOnlySpan<int> answers)
    {
        var texts = new List<int[]>();
        for (var at = 0; at < answers.Length; at += 1 + answers[at])
            texts.Add(answers.Slice(at + 1, answers[at]).ToArray());
        return texts;
    }

    private static void Run(params string[] arguments)
    {
        using var node = Process.Start(
            new ProcessStartInfo("node", [Script, .. arguments]) { RedirectStandardError = true }
        )!;
        var errors = node.StandardError.ReadToEnd();
        node.WaitForExit();
        node.ExitCode.ShouldBe(
            0,
            $"{errors}\nThe npm packages are installed by ./test.sh, or by 'npm ci' in tests/clients."
        );
    }

    private static string SourceFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
