using Tollgate.Identity.Secrets;
using Tollgate.Testing;

namespace Tollgate.Identity.Tests.Secrets;

public sealed class MasterKeyTests : IDisposable
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 32).Select(static i => (byte)i)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_base64_and_hexadecimal_digits()
    {
        var key = new MasterKey(Bytes);

        MasterKey.Parse(Convert.ToBase64String(Bytes), "test").Id.ShouldBe(key.Id);
        MasterKey.Parse($" {Convert.ToHexString(Bytes)}\n", "test").Id.ShouldBe(key.Id);
        MasterKey.Parse(Convert.ToHexStringLower(Bytes), "test").Id.ShouldBe(key.Id);
        key.Id.ShouldMatch("^[0-9a-f]{16}$");
        key.Id.ShouldNotBe(MasterKey.Create().Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==")] // 31 bytes
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g")] // 33 bytes
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e")] // 31 bytes
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1x")]
    public void Refuses_another_text_with_what_is_allowed_and_without_showing_it(string text)
    {
        var message = Should.Throw<FormatException>(() => MasterKey.Parse(text, "TOLLGATE_MASTER_KEY")).Message;

        message.ShouldStartWith("TOLLGATE_MASTER_KEY does not contain a master key.");
        message.ShouldContain("32 bytes as 44 characters of base64 or as 64 hexadecimal digits");
        message.ShouldContain("openssl rand -base64 32");
        if (text.Length > 0)
            message.ShouldNotContain(text);
    }

    [Fact]
    public void Is_created_in_the_data_folder_for_its_owner_only()
    {
        var created = MasterKeyFile.Load(new IdentityOptions(), _folder.Path);

        MasterKeyFile.Load(new IdentityOptions(), _folder.Path).Id.ShouldBe(created.Id);
        Directory.GetFiles(_folder.Path).ShouldBe([_folder.File("master.key")]);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(_folder.File("master.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        MasterKey.Parse(File.ReadAllText(_folder.File("master.key")), "test").Id.ShouldBe(created.Id);
    }

    [Fact]
    public async Task Is_created_once_by_concurrent_processes()
    {
        var keys = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Task.Run(() => MasterKeyFile.Load(new IdentityOptions(), _folder.Path)))
        );

        keys.Select(static key => key.Id).Distinct().ShouldHaveSingleItem();
        Directory.GetFiles(_folder.Path).ShouldHaveSingleItem();
    }

    [Fact]
    public void Is_taken_from_the_option_before_the_file_and_from_the_file_before_the_folder()
    {
        var (option, file) = (MasterKey.Create(), MasterKey.Create());
        File.WriteAllText(_folder.File("other.key"), file.Export());
        var options = new IdentityOptions { MasterKeyFile = _folder.File("other.key") };

        MasterKeyFile.Load(options with { MasterKey = option.Export() }, _folder.Path).Id.ShouldBe(option.Id);
        MasterKeyFile.Load(options, _folder.Path).Id.ShouldBe(file.Id);
        File.Exists(_folder.File("master.key")).ShouldBeFalse();
    }

    [Fact]
    public void Names_the_file_that_does_not_contain_a_key()
    {
        File.WriteAllText(_folder.File("master.key"), "short");

        Should
            .Throw<FormatException>(() => MasterKeyFile.Load(new IdentityOptions(), _folder.Path))
            .Message.ShouldStartWith($"'{_folder.File("master.key")}' does not contain a master key.");
        Should.Throw<FileNotFoundException>(() =>
            MasterKeyFile.Load(new IdentityOptions { MasterKeyFile = _folder.File("absent.key") }, _folder.Path)
        );
    }

    [Fact]
    public void Shows_nothing_of_itself_as_text() => new MasterKey(Bytes).ToString().ShouldMatch("^master key .{16}$");
}
