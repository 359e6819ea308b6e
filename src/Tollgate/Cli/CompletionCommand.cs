using System.CommandLine;

namespace Tollgate.Cli;

/// <summary>
/// <c>tollgate completion bash|zsh|fish</c>: prints a script that completes command lines in the shell. It queries the
/// program itself, so it is never out of date.
/// </summary>
internal static class CompletionCommand
{
    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Print a script that completes command lines in a shell.") { shell };
        command.SetAction(parsed => parsed.InvocationConfiguration.Output.Write(GetScript(parsed.GetValue(shell)!)));
        return command;
    }

    private static string GetScript(string shell) =>
        shell switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            _ => Fish,
        };

    /// <summary>
    /// The program suggests everything that contains the word; compgen keeps what begins with it. Without suggestions,
    /// bash completes files.
    /// </summary>
    private const string Bash = """
        # To load it in every shell: echo 'source <(tollgate completion bash)' >> ~/.bashrc
        _tollgate() {
            local current="${COMP_WORDS[COMP_CWORD]}" line="${COMP_LINE:0:COMP_POINT}" IFS=$'\n'
            local offers
            offers="$("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)"
            COMPREPLY=($(compgen -W "$offers" -- "$current"))
        }
        complete -o default -o bashdefault -F _tollgate tollgate

        """;

    private const string Zsh = """
        #compdef tollgate
        # To load it in every shell: echo 'source <(tollgate completion zsh)' >> ~/.zshrc, behind compinit.
        _tollgate() {
            local line="${BUFFER[1,CURSOR]}"
            local -a offers
            offers=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
            offers=(${offers:#})
            if (( ${#offers} )); then compadd -a offers; else _files; fi
        }
        compdef _tollgate tollgate

        """;

    private const string Fish = """
        # To load it in every shell: tollgate completion fish > ~/.config/fish/completions/tollgate.fish
        function __tollgate_offers
            set -l line (commandline -cp)
            tollgate "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c tollgate -a '(__tollgate_offers)'

        """;
}
