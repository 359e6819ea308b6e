using System.CommandLine;
using Tollgate.Cli;
using Tollgate.Cli.ImportExport;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.ImportExport;

public sealed class OutputFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _path;

    public OutputFileTests() => _path = Path.Combine(_folder.Path, "usage.csv");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_interrupted_file_leaves_what_was_there(bool existed)
    {
        if (existed)
            await File.WriteAllTextAsync(_path, "former");

        await using (var file = OutputFile.Create(_path))
            await file.Stream.WriteAsync("half"u8.ToArray());

        Directory.GetFiles(_folder.Path).ShouldBe(existed ? [_path] : []);
        if (existed)
            (await File.ReadAllTextAsync(_path)).ShouldBe("former");
    }

    [Fact]
    public async Task A_complete_file_replaces_the_former_one_and_keeps_its_permissions()
    {
        await File.WriteAllTextAsync(_path, "former");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await WriteAsync(_path, "complete");

        Directory.GetFiles(_folder.Path).ShouldBe([_path]);
        (await File.ReadAllTextAsync(_path)).ShouldBe("complete");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(_path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_link_stays_a_link()
    {
        var link = Path.Combine(_folder.Path, "latest.csv");
        await File.WriteAllTextAsync(_path, "former");
        File.CreateSymbolicLink(link, _path);

        await WriteAsync(link, "complete");

        new FileInfo(link).LinkTarget.ShouldBe(_path);
        (await File.ReadAllTextAsync(_path)).ShouldBe("complete");
    }

    [Fact]
    public async Task A_device_is_written_and_not_replaced()
    {
        await WriteAsync("/dev/null", "complete");

        File.Exists("/dev/null.part").ShouldBeFalse();
        (await File.ReadAllTextAsync("/dev/null")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_another_export_is_writing_is_refused()
    {
        await using var first = OutputFile.Create(_path);

        Should.Throw<IOException>(() => OutputFile.Create(_path)).Message.ShouldContain(_path);
    }

    [Fact]
    public async Task A_canceled_export_leaves_no_file()
    {
        (await CommandRun.RunProgramAsync("track", "--model", "gpt-4", "--data", _folder.Path)).ShouldSucceed();
        string[] arguments = ["export", "--format", "parquet", "-o", _path, "--data", _folder.Path];
        var error = new StringWriter();

        var exitCode = await CommandLine.InvokeAsync(
            AllCommands.Create(TimeProvider.System).RootFor(arguments).Parse(arguments),
            new InvocationConfiguration { Error = error, EnableDefaultExceptionHandler = false },
            new CancellationToken(canceled: true)
        );

        (exitCode, error.ToString().Trim()).ShouldBe((1, "tollgate: canceled before it completed."));
        Directory.GetFiles(_folder.Path, "usage.csv*").ShouldBeEmpty();
    }

    private static async Task WriteAsync(string path, string text)
    {
        await using var file = OutputFile.Create(path);
        await file.Stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text));
        await file.CompleteAsync(TestContext.Current.CancellationToken);
    }
}
