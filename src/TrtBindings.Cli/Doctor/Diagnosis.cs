using System.Globalization;
using System.Text.RegularExpressions;

namespace TrtBindings.Cli.Doctor;

/// <summary>Draws conclusions from what was found: what is missing or does not fit, and what mends it.</summary>
internal sealed partial class Diagnosis(DoctorReport report, HostFacts host, DoctorRequest request)
{
    /// <summary>All findings, the driver's first, because nothing works without it.</summary>
    /// <param name="loaded">The GPU libraries of each process in which a model ran.</param>
    public IEnumerable<Finding> Findings(IEnumerable<IReadOnlyList<string>> loaded) =>
        Driver().Concat(TensorRt()).Concat(OnnxRuntime()).Concat(Cuda())
            .Concat(loaded.SelectMany(LoadedLibraries.Twice).DistinctBy(group => string.Join('|', group)).Select(Twice))
            .Concat(Convolutions()).Concat(Required());

    private static Finding Wrong(string text, string cure) => new(FindingLevel.Wrong, text, cure);

    private static Finding Note(string text, string cure) => new(FindingLevel.Note, text, cure);

    private IEnumerable<Finding> Driver()
    {
        var driver = report.Driver;
        if (driver.Version is { } library && driver.KernelModule is { } module && library != module)
        {
            yield return Wrong($"The driver's library is {library}, and the kernel module that is loaded is {module}. CUDA "
                + $"does not "
                + "start with two versions.", Cures.Mismatch);
        }
        else if (driver.Library is not null && !driver.Works)
        {
            yield return OfError(driver);
        }

        if (driver.Library is not null) yield break;
        if (host.IsWsl) yield return Note("This is WSL, and Windows brings no CUDA driver into it.", Cures.Wsl);
        else if (host.IsContainer && !host.HasDevice)
            yield return Note("This is a container without access to a GPU: no CUDA driver was brought into it.",
                Cures.Container);
        else if (host.IsContainer)
            yield return Wrong("The container has a GPU's device files, but not the driver's library: it was not started by "
                + "NVIDIA's "
                + "runtime.", Cures.Container);
        else if (host.PciGpus > 0) yield return Wrong("There is an NVIDIA GPU in this machine, but no driver for it.",
            Cures.Driver);
        else yield return Note("There is no NVIDIA GPU and no CUDA driver. Models run on the CPU.", "");
    }

    private Finding OfError(DriverReport driver)
    {
        if (!int.TryParse(driver.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var error))
            return Wrong($"The CUDA driver '{driver.Library}' cannot be used: {driver.Text}.", Cures.Driver);
        return error switch
        {
            DriverTouch.NoDevice when Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES") is { } visible =>
                Wrong($"The driver shows no GPU, and CUDA_VISIBLE_DEVICES is '{visible}'.",
                    "'unset CUDA_VISIBLE_DEVICES', or name a GPU."),
            DriverTouch.NoDevice when host.IsWsl => Wrong("The driver of WSL shows no GPU.", Cures.Wsl),
            DriverTouch.NoDevice when host.IsContainer => Wrong("The driver is in the container, and no GPU is.",
                Cures.Container),
            DriverTouch.NoDevice => Wrong("The driver is installed and shows no GPU.", "'nvidia-smi' says what is wrong."),
            DriverTouch.SystemDriverMismatch => Wrong(
                "The driver's library and its kernel module are of two versions (CUDA error 803).", Cures.Mismatch),
            DriverTouch.CompatNotSupported =>
                Wrong("A forward-compatible driver is loaded, which this GPU does not support (CUDA "
                + "error 804).", "Remove the package cuda-compat, or its folder from LD_LIBRARY_PATH."),
            _ => Wrong(string.Create(CultureInfo.InvariantCulture, $"The CUDA driver does not start: CUDA error {error}."),
                "'nvidia-smi' and 'sudo dmesg | grep -i nvrm' say what is wrong."),
        };
    }

    private IEnumerable<Finding> TensorRt()
    {
        if (report.TensorRt.Count == 0)
            yield return Note("There is no TensorRT 10 or 11.", Cures.TensorRt(report.Driver.SupportsCudaUpTo));
        foreach (var one in report.TensorRt)
        {
            if (!one.Loads)
                yield return Wrong($"'{one.Library}' does not load: {one.Text.TrimEnd('.')}.",
                    "Install that TensorRT again, or what it needs.");
            else if (one.Version is { } version && !version.StartsWith("10.", StringComparison.Ordinal)
                && !version.StartsWith("11.", StringComparison.Ordinal))
                yield return Wrong($"'{one.Library}' is TensorRT {version}, whatever its name says; TensorRT 10 and 11 are "
                    + $"supported.",
                    Cures.TensorRt(report.Driver.SupportsCudaUpTo));
            else if (one.Text.Length > 0)
                yield return Wrong($"Beside '{one.Library}': {one.Text}.",
                    "Keep the files of one version in a folder; install it again.");
            else if (one.Parser is null)
                yield return (one.InUse ? Wrong : (Func<string, string, Finding>)Note)(
                    $"'{one.Library}' has no ONNX parser beside it, so nothing can be built with it.",
                        Cures.TensorRt(report.Driver.SupportsCudaUpTo));
        }

        // Without a driver there is one reason for everything, and it stands above.
        if (report.Driver.Works && report.TensorRt.Any(one => one.InUse && one.Loads) && !report.Build.Works)
            yield return Wrong($"This machine cannot build engines: {report.Build.Text}", "");
        if (report.TensorRt.Select(one => one.Version).Distinct().Count() > 1)
            yield return Note("There are TensorRTs of several versions; the first is used.",
                "Name the one to use in TRTBINDINGS_TENSORRT.");
    }

    private IEnumerable<Finding> OnnxRuntime()
    {
        if (!report.OnnxRuntime.Works)
            yield return Wrong($"ONNX Runtime does not work: {report.OnnxRuntime.Text}",
                "'dotnet add package Microsoft.ML.OnnxRuntime'.");
        else if (report.Driver.Works && !HasCudaProvider)
            yield return Note("The ONNX Runtime in use has no CUDA provider.", Cures.CudaProvider);
    }

    private bool HasCudaProvider =>
        report.OnnxRuntime.Providers.Any(path => path.Contains("providers_cuda", StringComparison.Ordinal));

    private IEnumerable<Finding> Cuda()
    {
        var cuda = report.CudaLibraries.Select(one => CudaMajor().Match(one.Name)).FirstOrDefault(match =>
            match.Success)?.Groups[1].Value
            ?? "12";
        foreach (var library in report.CudaLibraries.Where(one => !one.Loads))
        {
            var found = report.Files.Select(file => file.Path)
                .Where(path => Path.GetFileName(path).StartsWith(library.Name, StringComparison.Ordinal)).ToArray();
            yield return Wrong($"The CUDA provider needs {library.Name}, which does not load: {library.Text.TrimEnd('.')}.",
                Cures.Library(library.Name, found, cuda));
        }

        if (report.Driver.SupportsCudaUpTo is { } supports && report.CudaLibraries.Count > 0
            && int.Parse(supports.Split('.')[0], CultureInfo.InvariantCulture) < int.Parse(cuda, CultureInfo.InvariantCulture))
        {
            yield return Wrong($"The CUDA provider is built for CUDA {cuda}, and the driver supports up to CUDA {supports}.",
                $"Install a newer driver, or an ONNX Runtime for CUDA {supports.Split('.')[0]}.");
        }
    }

    private static Finding Twice(string[] files) => Wrong(
        $"One process loads a library twice: {string.Join(" and ", files.Select(file => $"'{file}'"))}. Calls reach either of "
            + $"them.",
        "Keep one version on LD_LIBRARY_PATH and in the program's folder.");

    private IEnumerable<Finding> Convolutions() => report.Convolution
        .Where(one => !one.Works && Crash().IsMatch(one.Text))
        .Select(one => Wrong($"A convolution on {one.Backend}: {one.Text}", "Read the lines above; then report it with --json."));

    private IEnumerable<Finding> Required() =>
        from kind in request.Require
        let one = report.Convolution.Single(run => run.Backend == kind.ToString())
        where !one.Works
        select Wrong($"{one.Backend} is required and does not work: {one.Text}", "");

    [GeneratedRegex(@"(?:cublas|cublasLt|cudart)\.so\.(\d+)$")]
    private static partial Regex CudaMajor();

    [GeneratedRegex("^the process that touched it|^the convolution gives")]
    private static partial Regex Crash();
}
