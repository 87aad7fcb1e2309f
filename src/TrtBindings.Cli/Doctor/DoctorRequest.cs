namespace TrtBindings.Cli.Doctor;

/// <summary>What the user chose.</summary>
/// <param name="Model">A model to say the backend of; nothing for a small one of the tool.</param>
/// <param name="TensorRt">File or folder, as TensorRtOptions.LibraryPath.</param>
/// <param name="OnnxRuntime">Full path of an ONNX Runtime library.</param>
/// <param name="Require">Backends that must work.</param>
/// <param name="Root">Root of the file system in which /proc, /sys and /dev are looked at.</param>
internal sealed record DoctorRequest(
    string? Model, string? TensorRt, string? OnnxRuntime, IReadOnlyList<BackendKind> Require, string Root);
