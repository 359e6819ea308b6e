using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Transcripts.Writing;
using Tollgate.Testing;

namespace Tollgate.Accounting.Tests.Ledger;

public class DataFolderTests
{
    [Fact]
    public void The_default_data_folder_is_the_user_s()
    {
        new LedgerOptions().DataFolder.ShouldBe(LedgerOptions.UserFolder);
        new TranscriptOptions().DataFolder.ShouldBe(LedgerOptions.UserFolder);
        Path.IsPathFullyQualified(LedgerOptions.UserFolder).ShouldBeTrue();
    }

    [Fact]
    public async Task A_new_data_folder_is_its_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such rights.");
        using var parent = new TemporaryFolder();
        var folder = parent.File("data");

        await using (await UsageLedger.OpenAsync(new LedgerOptions { DataFolder = folder }))
        {
            if (OperatingSystem.IsWindows())
                return;
            File.GetUnixFileMode(folder)
                .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
