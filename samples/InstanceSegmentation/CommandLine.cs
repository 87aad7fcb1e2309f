using System.Globalization;
using TrtBindings;

namespace InstanceSegmentation;

/// <summary>Reads the options and turns every expected error into one line and an exit code.</summary>
internal static class CommandLine
{
    private const int Failed = 1;
    private const int Misused = 2;
    private const int MaxBatch = 256;

    private const string Help = """
        Finds objects in a picture with samples/models/desk-seg.onnx and draws them.

        dotnet run --project samples/InstanceSegmentation -- [options]

          --image FILE       a PNG, JPEG, WebP, GIF or BMP file; default: the sample's own picture
          --batch N          run the picture N times as one batch, 1 to 256, and print times per picture; default 1
          --confidence X     keep what scores above X, 0 to 1; default 0.4
          --output FILE      where to write the picture with masks, boxes and labels; default overlay.png
          --help             this text
        """;

    public static int Run(string[] args, Action<Options> program)
    {
        try
        {
            if (args.Any(arg => arg is "--help" or "-h" or "-?"))
            {
                Console.WriteLine(Help);
                return 0;
            }

            program(Parse(args));
            return 0;
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine($"{e.Message} --help lists the options.");
            return Misused;
        }
        catch (Exception e) when (e is TrtBindingsException or ArgumentException or IOException
            or UnauthorizedAccessException or OutOfMemoryException)
        {
            Console.Error.WriteLine($"Error: {e.Message}");
            return Failed;
        }
    }

    private static Options Parse(string[] args)
    {
        var options = new Options();
        for (var i = 0; i < args.Length; i += 2)
        {
            var name = args[i];
            if (name is not ("--image" or "--batch" or "--confidence" or "--output"))
                throw new UsageException($"There is no option '{name}'.");
            if (i + 1 == args.Length || args[i + 1].Length == 0) throw new UsageException($"{name} needs a value.");
            options = With(options, name, args[i + 1]);
        }

        return options;
    }

    private static Options With(Options options, string name, string value) => name switch
    {
        "--image" => options with { Image = value },
        "--output" => options with { Output = value },
        "--batch" => int.TryParse(value, CultureInfo.InvariantCulture, out var batch) && batch is >= 1 and <= MaxBatch
            ? options with { Batch = batch }
            : throw new UsageException($"--batch takes a whole number from 1 to {MaxBatch}, not '{value}'."),
        _ => float.TryParse(value, CultureInfo.InvariantCulture, out var confidence) && confidence is >= 0 and <= 1
            ? options with { Confidence = confidence }
            : throw new UsageException($"--confidence takes a number from 0 to 1, such as 0.4, not '{value}'."),
    };
}
