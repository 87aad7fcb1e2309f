using System.Runtime.InteropServices;

namespace TrtBindings.Conversion;

/// <summary>
/// The program that a build starts to convert models: MSBuild's own process loads no ONNX Runtime. Its one argument is the file
/// of a <see cref="Request"/>. It writes a line of <see cref="Messages"/> for everything that the build should show or know.
/// </summary>
internal static class Program
{
    /// <summary>The exit code of a program that was ended, as shells count it.</summary>
    private const int Ended = 130;

    /// <summary>How long a conversion may take to its next step. What is left by then the next one removes.</summary>
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(5);

    private static int Main(string[] arguments)
    {
        var messages = new Messages(Console.OpenStandardOutput());
        if (arguments is not [var path])
        {
            messages.Error(Messages.Failed, "", "trtbindings-convert takes one argument, the file that the build wrote.");
            return 2;
        }

        // Not disposed: a signal may come at the end.
        var end = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            var request = Request.Read(path);
            NativeLibraries.Use(request.Assets);
            var failed = false;
            foreach (var job in request.Jobs) failed |= !new Converter(job, messages, end.Token).Run();
            return failed ? 1 : 0;
        }
        catch (OperationCanceledException)
        {
            return Ended;
        }
        catch (Exception e)
        {
            // Whatever it is, the build must show it as its own error and not as a program that broke.
            messages.Error(Messages.Failed, "", e is TrtBindingsException or IOException ? e.Message : e.ToString());
            return 1;
        }

        // Nothing half written stays, and the models that are there stay as they are.
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            end.Cancel();
            _ = Task.Delay(TimeToEnd).ContinueWith(_ => Environment.Exit(Ended), TaskScheduler.Default);
        }
    }
}
