using System.Text;
using Tollgate.Configuration;

namespace Tollgate.Tests.Configuration;

public sealed class BadFileTests : ConfigFolder
{
    [Fact]
    public void A_missing_file_is_named() =>
        Errors(LoadFile("nowhere.yaml"))
            .ShouldHaveSingleItem()
            .ShouldBe($"{Folder}/nowhere.yaml: error: The file does not exist.");

    [Fact]
    public void A_folder_is_not_a_file() => Errors(LoadFile(".")).ShouldHaveSingleItem().ShouldContain("is a folder");

    [Fact]
    public void A_huge_file_is_refused_before_it_is_read()
    {
        using (var file = File.Create(Path.Combine(Folder, "huge.yaml")))
            file.SetLength(50 * 1024 * 1024);
        Errors(LoadFile("huge.yaml")).ShouldHaveSingleItem().ShouldContain("larger than 1024 KiB");
    }

    [Fact]
    public void An_endless_device_is_refused() =>
        Errors(LoadFile("/dev/zero")).ShouldHaveSingleItem().ShouldContain("larger than 1024 KiB");

    [Fact]
    public void Binary_data_is_not_text()
    {
        File.WriteAllBytes(Path.Combine(Folder, "binary.yaml"), [0x7f, 0x45, 0xff, 0xfe]);
        Errors(LoadFile("binary.yaml")).ShouldHaveSingleItem().ShouldContain("not UTF-8");
        Write("nul.yaml", "data: x\0\nbogus: 1");
        Errors(LoadFile("nul.yaml")).ShouldHaveSingleItem().ShouldContain("NUL");
    }

    [Theory]
    [InlineData("data: [", "not valid YAML")]
    [InlineData("data: 'x", "not valid YAML")]
    [InlineData("listen:\n\turls: x", "not valid YAML")]
    [InlineData("data: \"\\UFFFFFFFF\"", "not valid YAML")]
    [InlineData("data: a\ndata: b", "is defined twice; the first is in line 1")]
    [InlineData("data: *nothing", "does not refer to an earlier")]
    [InlineData("data: !include other.yaml", "tag '!include' is not supported")]
    [InlineData("data: a\n---\ndata: b", "A second document")]
    [InlineData("? [a, b]\n: c", "A key must be plain text")]
    [InlineData("<<: a", "'<<' needs a mapping")]
    public void Bad_yaml_is_an_error_with_its_place(string yaml, string message)
    {
        var error = Errors(Load(yaml)).ShouldHaveSingleItem();
        error.ShouldContain(message);
        error.ShouldStartWith($"{Folder}/tollgate.yaml");
    }

    [Fact]
    public void Aliases_upon_aliases_are_stopped()
    {
        var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 12; i++)
            bomb.Append($"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        Errors(Load(bomb.ToString())).ShouldHaveSingleItem().ShouldContain("with aliases expanded");
    }

    [Fact]
    public void Deep_nesting_is_stopped()
    {
        Errors(Load(new string('[', 200_000))).ShouldHaveSingleItem().ShouldContain("deeper than 32");
        Errors(Load("data: &a [*a]")).ShouldHaveSingleItem().ShouldContain("does not refer to an earlier");
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("---\n")]
    [InlineData("\uFEFFlog: {calls: true}")]
    [InlineData("listen:\nmodels:\nproviders:\n")]
    public void An_empty_file_or_section_is_as_if_it_were_not_there(string yaml) => Errors(Load(yaml)).ShouldBeEmpty();

    [Fact]
    public void Wrong_lines_of_dot_env_are_reported_by_number_and_not_by_content()
    {
        Write(".env", "GOOD=1\nsk-secret\n2BAD=secret\nOPEN=\"secret\nX Y=secret");
        var errors = Errors(Load());
        errors
            .Select(error => error[..error.IndexOf(": error", StringComparison.Ordinal)])
            .ShouldBe([$"{Folder}/.env:2", $"{Folder}/.env:3", $"{Folder}/.env:4", $"{Folder}/.env:5"]);
        string.Concat(errors).ShouldNotContain("secret");
    }

    private LoadedConfiguration LoadFile(string name) => ConfigurationLoader.Load(Request with { ConfigFile = name });
}
