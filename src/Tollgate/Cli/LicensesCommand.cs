using System.CommandLine;

namespace Tollgate.Cli;

/// <summary>
/// <c>tollgate licenses</c>: prints the program's license and those of everything that it contains. A native program
/// is a single file, so that the texts are within it.
/// </summary>
internal static class LicensesCommand
{
    private static readonly string[] Texts = ["LICENSE", "THIRD-PARTY-NOTICES.md", "NotoSans-OFL.txt", "Inter-OFL.txt"];

    public static Command Create()
    {
        var command = new Command("licenses", "Print the license of this program and of everything that it contains.");
        command.SetAction(static parsed =>
        {
            foreach (var name in Texts)
                parsed.InvocationConfiguration.Output.WriteLine(Read(name));
        });
        return command;
    }

    private static string Read(string name)
    {
        using var text = typeof(LicensesCommand).Assembly.GetManifestResourceStream(name)!;
        return new StreamReader(text).ReadToEnd();
    }
}
