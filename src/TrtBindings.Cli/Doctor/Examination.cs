
namespace TrtBindings.Cli.Doctor;

/// <summary>Examines a machine: looks at files, has a child touch each library, runs a convolution on each backend.</summary>
internal sealed class Examination(
    DoctorRequest request, Children children, IProgress<StepProgress> progress, CancellationToken cancellation)
{
    private static readonly BackendKind[] Backends = [BackendKind.TensorRT, BackendKind.OnnxRuntimeCuda,
        BackendKind.OnnxRuntimeCpu];

    /// <summary>The cuDNN of every ONNX Runtime that the managed package works with.</summary>
    private const string Cudnn = "libcudnn.so.9";

    private readonly List<IReadOnlyList<string>> _libraries = [];
    private int _steps;

    /// <summary>Does all of it.</summary>
    /// <exception cref="OperationCanceledException">Ctrl-C.</exception>
    public async Task<DoctorReport> RunAsync()
    {
        var host = new HostFacts(request.Root);
        Step("the driver");
        var driver = await DriverAsync(host).ConfigureAwait(false);
        Step("TensorRT");
        var tensorRt = await TensorRtAsync().ConfigureAwait(false);
        Step("making a builder");
        var build = await BuildAsync(tensorRt.Any(one => one.InUse && one.Loads)).ConfigureAwait(false);
        var convolution = new List<ConvolutionReport>();
        ChildAnswer cpu = new() { Works = false };
        foreach (var backend in Backends)
        {
            Step($"a convolution on {backend}");
            var answer = await children.AskAsync(ChildWork.Convolution, [backend.ToString(), .. ChildWork.Arguments(request)])
                .ConfigureAwait(false);
            _libraries.Add(answer.Libraries);
            convolution.Add(new(backend.ToString(), answer.Works, answer.Works ? answer.Milliseconds : null, answer.Text));
            if (backend == BackendKind.OnnxRuntimeCpu) cpu = answer;
        }

        var onnxRuntime = OnnxRuntime(cpu);
        Step("the CUDA provider's libraries");
        var needed = await NeededAsync(onnxRuntime).ConfigureAwait(false);
        Step("the backend of a model");
        var selection = await SelectAsync().ConfigureAwait(false);
        var report = new DoctorReport
        {
            Host = host.Report(), Driver = driver, TensorRt = tensorRt, Build = build, OnnxRuntime = onnxRuntime,
            CudaLibraries = needed, Files = CudaFiles.FindAll(), Convolution = convolution, Selection = selection, Findings = [],
        };
        return report with { Findings = [.. new Diagnosis(report, host, request).Findings(_libraries)] };
    }

    private void Step(string what)
    {
        const int Steps = 8;
        cancellation.ThrowIfCancellationRequested();
        progress.Report(new((double)_steps++ / Steps, what));
    }

    private async Task<DriverReport> DriverAsync(HostFacts host)
    {
        string[] candidates = Environment.GetEnvironmentVariable("TRTBINDINGS_CUDA_LIBRARY") is { Length: > 0 } named ? [named]
            : OperatingSystem.IsWindows() ? ["nvcuda.dll"]
            : ["libcuda.so.1", "/usr/lib/wsl/lib/libcuda.so.1"];
        var why = "";
        foreach (var candidate in candidates)
        {
            var answer = await children.AskAsync(ChildWork.Driver, candidate).ConfigureAwait(false);
            if (answer.Path.Length == 0 && !File.Exists(candidate)
                && !answer.Text.StartsWith("the process", StringComparison.Ordinal))
            {
                why = why.Length == 0 ? $"there is no {candidate}" : why;
                continue;
            }

            var path = answer.Path.Length > 0 ? answer.Path : candidate;
            return new(answer.Works, path, HostFacts.DriverVersion(path), Filled(answer.Version), host.KernelModule, answer.Lines,
                answer.Text);
        }

        return new(false, null, null, null, host.KernelModule, [], why);
    }

    private async Task<IReadOnlyList<TensorRtInstallationReport>> TensorRtAsync()
    {
        TensorRtFiles[] found = request.TensorRt is { } named
            ? [TensorRtFiles.Find(named), .. TensorRtFiles.FindAll().Where(one =>
                one.Library != TensorRtFiles.Find(named).Library)]
            : [.. TensorRtFiles.FindAll()];
        var reports = new List<TensorRtInstallationReport>();
        foreach (var files in found)
        {
            var answer = await children.AskAsync(ChildWork.Touch, files.Library).ConfigureAwait(false);
            reports.Add(new(files.Library, files.Source, Filled(answer.Version) ?? files.Version?.ToString(), reports.Count == 0,
                answer.Works, answer.Text.Length > 0 ? answer.Text : string.Join("; ", files.PassedOver), files.Parser,
                    files.Plugins,
                files.BuilderResources));
        }

        return reports;
    }

    private async Task<CheckReport> BuildAsync(bool hasTensorRt)
    {
        if (!hasTensorRt && request.TensorRt is null) return new(false, "there is no TensorRT that loads");
        try
        {
            var options = new ModelOptions { TensorRT = new() { LibraryPath = request.TensorRt } };
            var probe = await EngineProbe.CheckTensorRtAsync(options, cancellationToken: cancellation).ConfigureAwait(false);
            return new(probe.BuildProblem.Length == 0, probe.BuildProblem);
        }
        catch (TrtBindingsException e)
        {
            return new(false, e.Message);
        }
    }

    private static OnnxRuntimeReport OnnxRuntime(ChildAnswer cpu)
    {
        var folder = Path.GetDirectoryName(cpu.Path);
        string[] providers = string.IsNullOrEmpty(folder) || !Directory.Exists(folder) ? []
            : [.. Directory.EnumerateFiles(folder, "*onnxruntime_providers_*").Order(StringComparer.Ordinal)];
        return new(cpu.Works, Filled(cpu.Path), Filled(cpu.Version), providers, cpu.Text);
    }

    /// <summary>Has a child load each library of CUDA that the CUDA provider needs, as the system's loader finds it.</summary>
    private async Task<IReadOnlyList<LibraryReport>> NeededAsync(OnnxRuntimeReport onnxRuntime)
    {
        var reports = new List<LibraryReport>();
        var provider = onnxRuntime.Providers.FirstOrDefault(path => path.Contains("providers_cuda", StringComparison.Ordinal));
        if (provider is null) return reports;
        string[] names = [.. ElfNeeds.Of(provider).Where(IsOfCuda)];
        // In 1.31 it is opened by name while a session is made, and is not among the needs of the file.
        if (!names.Any(name => name.StartsWith("libcudnn", StringComparison.Ordinal))) names = [.. names, Cudnn];
        foreach (var name in names)
        {
            // What lies beside the provider is found by its run path.
            var beside = Path.Combine(Path.GetDirectoryName(provider)!, name);
            var answer = await children.AskAsync(ChildWork.Touch, File.Exists(beside) ? beside : name).ConfigureAwait(false);
            reports.Add(new(name, answer.Works, Filled(answer.Path), Filled(answer.Version), answer.Text));
        }

        return reports;
    }

    /// <summary>Libraries of the toolkit and cuDNN; the driver's has a section of its own.</summary>
    private static bool IsOfCuda(string name) => !name.StartsWith("libcuda.", StringComparison.Ordinal)
        && (name.StartsWith("libcu", StringComparison.Ordinal) || name.StartsWith("libnv", StringComparison.Ordinal));

    private async Task<SelectionReport> SelectAsync()
    {
        var own = request.Model is null ? Directory.CreateTempSubdirectory("trtb-doctor-").FullName : null;
        try
        {
            var model = request.Model ?? Path.Combine(own!, "convolution.onnx");
            if (own is not null) await File.WriteAllBytesAsync(model, TinyConvolution.Model(),
                cancellation).ConfigureAwait(false);
            var answer = await children.AskAsync(ChildWork.Model, [model, .. ChildWork.Arguments(request)]).ConfigureAwait(false);
            return new(request.Model ?? "a small convolution", answer.Works ? answer.Text : null,
                answer.Works ? answer.Lines : [answer.Text]);
        }
        finally
        {
            if (own is not null) Directory.Delete(own, recursive: true);
        }
    }

    private static string? Filled(string text) => text.Length > 0 ? text : null;
}
