using System.Globalization;
using System.Reflection.PortableExecutable;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;

namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>
/// Time to load the kernels in a new process: cold, warm from the engine cache, and without the driver's own cache.
/// </summary>
public sealed class KernelLoadTests
{
    private const double MostMilliseconds = 5;
    private const int Times = 5;

    [SkippableFact]
    public void Warm_the_kernels_are_there_in_5_milliseconds_with_and_without_the_drivers_cache()
    {
        ReadyEngine.RequireMachine();
        var folder = Directory.CreateTempSubdirectory("trtbindings-gpu-").FullName;
        try
        {
            var cold = Load("cold", "driver");
            var warm = Middle("cold", "driver");
            var alone = Load("alone", null);
            var warmAlone = Middle("alone", null);
            PipelineFigures.Report($"kernels, warm{How}: the parts of a first load", Child("cold", "driver", "steps"));
            PipelineFigures.Report($"kernels, cold{How}: first load, second load in the process", Text(cold));
            PipelineFigures.Report($"kernels, cold and without the driver's cache{How}: first load, second load", Text(alone));
            var name = $"kernels, warm{How}: first load, second load in the process";
            var nameAlone = $"kernels, warm and without the driver's cache{How}: first load, second load";
            if (!IsCompiled)
            {
                // 4 of these milliseconds are .NET's compiler. An application that minds them is published with ReadyToRun or
                // Native AOT.
                PipelineFigures.Report(name, Text(warm));
                PipelineFigures.Report(nameAlone, Text(warmAlone));
                return;
            }

            FigureLog.CheckAll(
                new(PipelineFigures.Group, name, Text(warm), "under 5 ms", warm.First < MostMilliseconds),
                new(PipelineFigures.Group, nameAlone, Text(warmAlone), "under 5 ms", warmAlone.First < MostMilliseconds));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        (double First, double Second, double Kernel, double Compiling) Middle(string cache, string? driver) =>
            Enumerable.Range(0, Times).Select(_ => Load(cache, driver)).OrderBy(one => one.First).ElementAt(Times / 2);

        (double First, double Second, double Kernel, double Compiling) Load(string cache, string? driver)
        {
            var numbers = Child(cache, driver).Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))
                .ToArray();
            return (numbers[0], numbers[1], numbers[2], numbers[3]);
        }

        string Child(string cache, string? driver, params string[] more)
        {
            var environment = new Dictionary<string, string?>
            {
                ["CUDA_CACHE_DISABLE"] = driver is null ? "1" : null,
                ["CUDA_CACHE_PATH"] = Path.Combine(folder, driver ?? "none"),
            };
            var (code, output) = ChildProcess.Run("kernels", environment, TimeSpan.FromMinutes(1),
                [Directory.CreateDirectory(Path.Combine(folder, cache)).FullName, .. more]);
            code.ShouldBe(0, output);
            return output.Trim().Split('\n')[^1];
        }
    }

    /// <summary>An application may be published with ReadyToRun, and then compiles no methods when it starts.</summary>
    private static bool IsCompiled
    {
        get
        {
            using var file = new PEReader(File.OpenRead(typeof(GpuModule).Assembly.Location));
            return file.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
        }
    }

    private static string How => IsCompiled ? ", published with ReadyToRun" : "";

    private static string Text((double First, double Second, double Kernel, double Compiling) times) =>
        $"{PipelineFigures.Milliseconds(times.First)}, {PipelineFigures.Milliseconds(times.Second)} (of the first: first kernel "
        + $"{PipelineFigures.Milliseconds(times.Kernel)}, .NET methods compiled {PipelineFigures.Milliseconds(times.Compiling)})";
}
