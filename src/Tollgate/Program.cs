using Tollgate.Commands;

return await CommandLine.RunAsync(AllCommands.Of(TimeProvider.System).RootFor(args), args);
