using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using TrtBindings.Gpu.Tests.Data;

namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>
/// The work before and after YOLO-seg in PyTorch on this GPU, by tests/gpu/torch_baseline.py: from the same pictures in pinned
/// memory, and from the same outputs of the engine, to results on the host.
/// </summary>
/// <param name="Before">Milliseconds from pictures to the model's input.</param>
/// <param name="After">Milliseconds from the outputs to boxes and masks of the picture's size on the host.</param>
/// <param name="AfterInModelSpace">The same with masks of the model's input's size.</param>
/// <param name="Finds">What it found, in all pictures.</param>
/// <param name="Version">PyTorch's version.</param>
internal sealed record TorchBaseline(double Before, double After, double AfterInModelSpace, int Finds, string Version)
{
    private const string Script = "torch_baseline.py";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Runs the model on the pictures, and PyTorch on what comes out; skips the test where it is not there.</summary>
    public static TorchBaseline Run(DeskSeg model, ImageMemory[] pictures)
    {
        var folder = Directory.CreateDirectory(Path.Combine(GpuData.Scratch(), $"torch-{Guid.NewGuid():N}")).FullName;
        try
        {
            Write(model, pictures, folder);
            var (code, output) = Python(folder);
            Skip.If(code == 3, output);
            code.ShouldBe(0, output);
            return JsonSerializer.Deserialize<TorchBaseline>(File.ReadAllText(Path.Combine(folder, "times.json")))!;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Write(DeskSeg model, ImageMemory[] pictures, string folder)
    {
        using var inputs = model.AllocateInputs(batch: pictures.Length);
        using var outputs = model.AllocateOutputs(batch: pictures.Length);
        using (var file = File.Create(Path.Combine(folder, "frames.bin")))
            foreach (var picture in pictures) file.Write(picture.Pixels);
        for (var i = 0; i < pictures.Length; i++) Letterbox.LetterboxTo(pictures[i], inputs.Images[i]);
        model.Run(inputs, outputs);
        WriteTensor("head", 0);
        WriteTensor("protos", 1);
        File.WriteAllText(Path.Combine(folder, "shapes.json"), JsonSerializer.Serialize(new Dictionary<string, long[]>
        {
            ["frames"] = [pictures.Length, pictures[0].Height, pictures[0].Width, 3],
            ["head"] = TensorValues.ShapeOf(outputs.Tensors[0]),
            ["protos"] = TensorValues.ShapeOf(outputs.Tensors[1]),
            ["input"] = TensorValues.ShapeOf(inputs.Tensors[0]),
        }));

        void WriteTensor(string name, int index) => File.WriteAllBytes(Path.Combine(folder, $"{name}.bin"),
            MemoryMarshal.AsBytes(((OutputTensor<float>)outputs.Tensors[index]).Span).ToArray());
    }

    private static (int Code, string Output) Python(string folder)
    {
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, Script));
        start.ArgumentList.Add(folder);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (process.WaitForExit(Limit)) return (process.ExitCode, output.Result + error.Result);
        process.Kill(entireProcessTree: true);
        throw new TimeoutException("PyTorch did not end.");
    }
}
