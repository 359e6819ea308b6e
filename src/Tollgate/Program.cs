using Tollgate.Cli;

return await CommandLine.RunAsync(AllCommands.Create(TimeProvider.System).RootFor(args), args);
