using System.Net;
using System.Text;
using System.Text.Json;
using Tollgate.Testing;

namespace Tollgate.Tests.Cli;

/// <summary>The audit log and the log of refusals from the command line, as processes.</summary>
[Trait("Needs", "Process")]
public sealed class AuditCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_event_can_be_written_and_read_by_hand()
    {
        var call = "019e0000-0000-7000-8000-000000000001";
        await DoneAsync(
            "log-event",
            "--type",
            "response",
            "--message",
            "checked, by hand",
            "--user",
            "ada",
            "--project",
            "engine",
            "--application",
            "app",
            "--session",
            "s1",
            "--model",
            "gpt-4",
            "--provider",
            "openai",
            "--completion-id",
            "chatcmpl-1",
            "--prompt-text",
            "why?",
            "--response-text",
            "because",
            "--call",
            call,
            "--timestamp",
            "2026-06-30T10:00:00Z"
        );
        await DoneAsync("log-event", "--message", "another");

        var entry = JsonDocument.Parse(await DoneAsync("transcripts", "show", call, "--format", "json")).RootElement[0];
        (string Name, string Value)[] values =
        [
