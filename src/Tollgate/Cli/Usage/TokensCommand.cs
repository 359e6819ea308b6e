using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Tollgate.Cli.Parsing;
using Tollgate.Metering.Tokens;

namespace Tollgate.Cli.Usage;

/// <summary><c>tollgate tokens count</c>: counts the tokens of a text, without a provider.</summary>
internal sealed class TokensCommand
{
    private readonly Option<string> _model = new("--model")
    {
        Description = "The model's name.",
        HelpName = "MODEL",
        Required = true,
    };
    private readonly Option<string> _format = new("--format")
    {
        Description = "The output format.",
        DefaultValueFactory = _ => "plain",
    };
    private readonly Argument<string> _file = new("FILE")
    {
        Description = "The text file, in UTF-8, or - for standard input.",
        DefaultValueFactory = _ => "-",
    };
    private readonly Func<Stream> _standardInput;

    private TokensCommand(Func<Stream> standardInput)
    {
        _standardInput = standardInput;
        _format.AcceptOnlyFromAmong("plain", "json");
    }

    /// <summary>Creates the command.</summary>
    /// <param name="standardInput">Opens the standard input.</param>
    public static Command Create(Func<Stream> standardInput)
    {
        var tokens = new TokensCommand(standardInput);
        return new Command("tokens", "Count tokens on this machine.") { tokens.Count() };
    }

    private Command Count()
    {
        var command = new Command(
            "count",
            "Count the tokens of a text: exactly for OpenAI models, otherwise by a documented estimate."
        )
        {
            _model,
            _format,
            _file,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var text = await ReadAsync(result.GetValue(_file)!, cancellationToken);
                var model = result.GetValue(_model)!;
                var counter = TokenCounter.ForModel(model);
                var tokens = counter.Count(text);
                var output = result.InvocationConfiguration.Output;
                output.WriteLine(
                    result.GetValue(_format) == "json"
                        ? Json(model, counter, tokens, text.Length)
                        : tokens.ToString(CultureInfo.InvariantCulture)
                );
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private async Task<byte[]> ReadAsync(string file, CancellationToken cancellationToken)
    {
        if (file != "-")
            return await File.ReadAllBytesAsync(file, cancellationToken);
        await using var input = _standardInput();
        using var text = new MemoryStream();
        await input.CopyToAsync(text, cancellationToken);
        return text.ToArray();
    }

    private static string Json(string model, TokenCounter counter, long tokens, long bytes)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            json.WriteString("encoding", counter.Name);
            json.WriteBoolean("exact", counter.IsExact);
            json.WriteNumber("tokens", tokens);
            json.WriteNumber("bytes", bytes);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
