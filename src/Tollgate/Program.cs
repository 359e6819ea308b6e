using Tollgate.Cli;

return await CommandLine.RunAsync(AllCommands.Of(TimeProvider.System).RootFor(args), args);
