using TrtBindings.Graphs.Tests.Support;
using TrtBindings.Graphs.Structure;
using Xunit.Abstractions;

namespace TrtBindings.Graphs.Tests.Quantization;

public sealed class ScratchTests(ITestOutputHelper output)
{
    public static IEnumerable<object[]> Models() => AllModels.Own().Where(path => path.Contains(Environment.GetEnvironmentVariable("M") ?? "")).Select(path => new object[] { path });

    [Theory]
    [MemberData(nameof(Models))]
    public void Try(string model)
    {
        using var folder = new TempFolder();
        var path = AllModels.Find(model);
        var sample = SeededSample.Of(path)!;
        var report = ModelConversion.Quantize(path, folder["out.onnx"], new() { Samples = [sample], Method = CalibrationMethod.MinMax });
        output.WriteLine($"{report}");
        output.WriteLine($"{new FileInfo(path).Length} -> {new FileInfo(folder["out.onnx"]).Length}");
        File.WriteAllText($"/tmp/int8/{Path.GetFileNameWithoutExtension(model)}.txt", $"{report}\n" + GraphText.Of(folder["out.onnx"]));
        Conversions.Compare(path, folder["out.onnx"], sample, 0.5f);
    }
}
