using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Transcripts;
using Tollgate.Metering.Limits;
using Tollgate.Tests.Compatibility;

namespace Tollgate.Tests.Configuration;

/// <summary>A configuration file written for an earlier version, with keys that have other names now.</summary>
public sealed class OldFileTests : ConfigFolder
{
    [Fact]
    public void Every_key_of_an_old_file_is_still_read()
    {
        var configuration = Load(File.ReadAllText(OldLedger.File("old-tollgate.yaml")));

        Errors(configuration).ShouldBeEmpty();
        var settings = configuration.Settings;
        settings.Gateway.RegistryRequirements.ShouldBe(RegistryRequirements.Users | RegistryRequirements.Projects);
        settings.Transcripts.Capture.ShouldBe(TranscriptCapture.Prompts);
        settings.Transcripts.Retention.ShouldBe(TimeSpan.FromDays(14));
        var limits = settings.Limits.SelectMany(static source => source.Limits).ToList();
        limits.Count.ShouldBe(2);
        var daily = limits.Single(static limit => limit.Mode == LimitMode.Soft);
        daily.TemporaryIncrease!.Value.Amount.ShouldBe(LimitAmount.FromUsd(40));
    }
}
