using System.Text;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Testing;
using Tollgate.Accounting.Transcripts;
using Tollgate.Accounting.Transcripts.Writing;
using Tollgate.Testing;

namespace Tollgate.Accounting.Tests.Transcripts;

public sealed class SqliteTranscriptTests : TranscriptStoreCompliance
{
    private TemporaryFolder _folder = new();

    private string FilePath => _folder.File(TranscriptOptions.FileName);

    protected override Task CreateDatabaseAsync()
    {
        _folder = new TemporaryFolder();
        return Task.CompletedTask;
    }

    protected override Task<ITranscriptStore> OpenAsync() =>
        Task.FromResult(new TranscriptOptions { DataFolder = _folder.Path }.OpenStore());

    protected override Task DropDatabaseAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public void Only_its_owner_can_read_the_file()
    {
        if (OperatingSystem.IsWindows())
            return;
        File.GetUnixFileMode(FilePath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_purged_text_is_no_longer_in_the_file()
    {
        var now = DateTimeOffset.UnixEpoch;
        await Store.AppendAsync(
            [
                new TranscriptEntry
                {
                    Id = Guid.CreateVersion7(now),
                    Type = TranscriptEntryType.Prompt,
                    Time = now,
                    PromptText = "forget me",
                },
            ],
            []
        );
        Contains("forget me").ShouldBeTrue();

        await Store.PurgeAsync(now.AddSeconds(1));

        Contains("forget me").ShouldBeFalse();
    }

    [Fact]
    public async Task A_ledger_is_not_taken_for_an_audit_log()
    {
        var options = new LedgerOptions { DataFolder = _folder.Path };
        await (await UsageLedger.OpenAsync(options)).DisposeAsync();

        await using var store = new TranscriptOptions
        {
            DataFolder = _folder.Path,
            DatabaseFile = LedgerOptions.FileName,
        }.OpenStore();

        (await Should.ThrowAsync<LedgerSchemaException>(() => store.MigrateAsync())).Message.ShouldContain(
            "not a transcript log"
        );
        await (await UsageLedger.OpenAsync(options)).DisposeAsync();
    }

    [Fact]
    public async Task A_log_that_was_never_written_is_empty()
    {
        await using var store = new TranscriptOptions { DataFolder = _folder.File("none") }.OpenStore();

        (await store.EntriesAsync(new TranscriptSelection())).ShouldBeEmpty();
        (await store.DenialsAsync(new TranscriptSelection())).ShouldBeEmpty();
    }

    private bool Contains(string text) =>
        File.ReadAllBytes(FilePath).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}
