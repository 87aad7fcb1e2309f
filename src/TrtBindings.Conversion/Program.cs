using System.Runtime.InteropServices;

namespace TrtBindings.Conversion;

/// <summary>
/// The program that a build starts to convert models: MSBuild's own process loads no ONNX Runtime. Its one argument is the file
/// of a <see cref="Request"/>. It writes a line of <see cref="Messages"/> for everything that the build should show or know.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        var messages = new Messages(Console.OpenStandardOutput());
        if (arguments is not [var path])
        {
            messages.Error(Messages.Failed, "", "trtbindings-convert takes one argument, the file that the build wrote.");
            return 2;
        }

        try
        {
            var request = Request.Read(path);
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Stop(request));
            using var end = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Stop(request));
            NativeLibraries.Use(request.Assets);
            var failed = false;
            foreach (var job in request.Jobs) failed |= !new Converter(job, messages).Run();
            return failed ? 1 : 0;
        }
        catch (Exception e)
        {
            // Whatever it is, the build must show it as its own error and not as a program that broke.
            messages.Error(Messages.Failed, "", e is TrtBindingsException or IOException ? e.Message : e.ToString());
            return 1;
        }
    }

    /// <summary>Nothing half written stays, and the models that are there stay as they are.</summary>
    private static void Stop(Request request)
    {
        foreach (var job in request.Jobs) Leftovers.Delete(job.Target);
        Environment.Exit(130);
    }
}
