using System.Text.Json.Serialization;

namespace TrtBindings.Cli.Doctor;

/// <summary>What the user chose.</summary>
/// <param name="Model">A model to say the backend of; nothing for a small one of the tool.</param>
/// <param name="TensorRt">File or folder, as TensorRtOptions.LibraryPath.</param>
/// <param name="OnnxRuntime">Full path of an ONNX Runtime library.</param>
/// <param name="Require">Backends that must work.</param>
/// <param name="Root">Root of the file system in which /proc, /sys and /dev are looked at.</param>
internal sealed record DoctorRequest(
    string? Model, string? TensorRt, string? OnnxRuntime, IReadOnlyList<BackendKind> Require, string Root);

/// <summary>What <c>trtb doctor</c> says about a machine.</summary>
internal sealed record DoctorReport
{
    /// <summary>False if something is broken, or a required backend does not work.</summary>
    public bool Healthy => Findings.All(finding => finding.Level != FindingLevel.Wrong);

    public required HostReport Host { get; init; }
    public required DriverReport Driver { get; init; }
    public required IReadOnlyList<TensorRtInstallationReport> TensorRt { get; init; }

    /// <summary>Whether a builder could be made, and why not.</summary>
    public required CheckReport Build { get; init; }

    public required OnnxRuntimeReport OnnxRuntime { get; init; }
    public required IReadOnlyList<LibraryReport> CudaLibraries { get; init; }
    public required IReadOnlyList<FileReport> Files { get; init; }
    public required IReadOnlyList<ConvolutionReport> Convolution { get; init; }
    public required SelectionReport Selection { get; init; }
    public required IReadOnlyList<Finding> Findings { get; init; }
}

/// <param name="Works">Whether it worked.</param>
/// <param name="Text">Why not.</param>
internal sealed record CheckReport(bool Works, string Text);

/// <param name="System">Name and version of the system.</param>
/// <param name="Architecture">The processor's.</param>
/// <param name="Wsl">Whether it is Linux in Windows.</param>
/// <param name="Container">Whether the process runs in a container.</param>
/// <param name="NvidiaGpus">NVIDIA GPUs on the PCI bus, with or without a driver.</param>
/// <param name="Environment">Variables that decide which libraries and GPUs are used.</param>
internal sealed record HostReport(
    string System, string Architecture, bool Wsl, bool Container, int NvidiaGpus, IReadOnlyList<string> Environment);

/// <param name="Works">Whether it starts and has a GPU.</param>
/// <param name="Library">The file; nothing if there is none.</param>
/// <param name="Version">The driver's version in the name of the file.</param>
/// <param name="SupportsCudaUpTo">The newest CUDA that it supports.</param>
/// <param name="KernelModule">The version of the kernel module.</param>
/// <param name="Gpus">The GPUs.</param>
/// <param name="Text">Why it does not work.</param>
internal sealed record DriverReport(bool Works, string? Library, string? Version, string? SupportsCudaUpTo,
    string? KernelModule, IReadOnlyList<string> Gpus, string Text);

/// <param name="Library">Path of libnvinfer.</param>
/// <param name="Source">The kind of place.</param>
/// <param name="Version">What the library reports, or what its name says where it does not load.</param>
/// <param name="InUse">Whether it is the one that models use.</param>
/// <param name="Loads">Whether it loads in a process of its own.</param>
/// <param name="Text">Why it does not.</param>
/// <param name="Parser">The ONNX parser beside it.</param>
/// <param name="Plugins">The plug-ins beside it.</param>
/// <param name="BuilderResources">The builder resources beside it.</param>
internal sealed record TensorRtInstallationReport(string Library, string Source, string? Version, bool InUse, bool Loads,
    string Text, string? Parser, string? Plugins, IReadOnlyList<string> BuilderResources);

/// <param name="Works">Whether a model ran on the CPU.</param>
/// <param name="Library">The file.</param>
/// <param name="Version">What it reports.</param>
/// <param name="Providers">Files of providers beside it.</param>
/// <param name="Text">Why it does not work.</param>
internal sealed record OnnxRuntimeReport(
    bool Works, string? Library, string? Version, IReadOnlyList<string> Providers, string Text);

/// <param name="Name">The name that the loader is asked for.</param>
/// <param name="Loads">Whether it loads.</param>
/// <param name="Path">The file.</param>
/// <param name="Version">What it reports.</param>
/// <param name="Text">Why it does not load.</param>
internal sealed record LibraryReport(string Name, bool Loads, string? Path, string? Version, string Text);

/// <param name="Path">A file of CUDA or cuDNN in one of the usual places, links resolved.</param>
/// <param name="Version">The version in its name.</param>
internal sealed record FileReport(string Path, string? Version);

/// <param name="Backend">The backend.</param>
/// <param name="Works">Whether the result is right.</param>
/// <param name="Milliseconds">Time of the second run.</param>
/// <param name="Text">Why it does not work.</param>
internal sealed record ConvolutionReport(string Backend, bool Works, double? Milliseconds, string Text);

/// <param name="Model">The model.</param>
/// <param name="Backend">The backend that it gets; nothing if none.</param>
/// <param name="Rejected">The faster ones, and why it does not get them.</param>
internal sealed record SelectionReport(string Model, string? Backend, IReadOnlyList<string> Rejected);

/// <param name="Level">How bad it is.</param>
/// <param name="Text">What is missing or does not fit.</param>
/// <param name="Cure">The command or the step that mends it; empty if there is none to name.</param>
internal sealed record Finding(FindingLevel Level, string Text, string Cure);

/// <summary>How bad a finding is.</summary>
internal enum FindingLevel
{
    /// <summary>Something is not there, which may be meant so.</summary>
    Note,

    /// <summary>Something is broken or does not fit, or a required backend does not work.</summary>
    Wrong,
}

/// <summary>How the report and the answers of children are written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(ChildAnswer))]
internal sealed partial class DoctorJson : JsonSerializerContext;
