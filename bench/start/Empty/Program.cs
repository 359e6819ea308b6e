// What the runtime itself takes from start to exit: no program of .NET can be faster.
return 0;
