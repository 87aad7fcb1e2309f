using TrtBindings;
using TrtBindings.Cli;

// An engine or a library of unknown origin is opened by another process of this program, which may crash.
if (EngineProbe.TryRunChild(args, out var exitCode)) return exitCode;
return await CommandLine.RunAsync(args).ConfigureAwait(false);
