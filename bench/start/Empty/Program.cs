// The runtime's own time from start to exit: the lower limit for any .NET program.
return 0;
