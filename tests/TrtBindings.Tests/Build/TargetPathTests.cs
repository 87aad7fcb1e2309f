using TrtBindings.Build;

namespace TrtBindings.Tests.Build;

/// <summary>Models are copied to the right path below the output folder, by the path rules of each system.</summary>
public sealed class TargetPathTests
{
    private static readonly string Project = Path.Combine(Path.GetTempPath(), "trtb-app");

    [Fact]
    public void A_file_in_the_project_keeps_its_path_with_forward_slashes() =>
        Of(Path.Combine(Project, "models", "a.onnx")).ShouldBe("models/a.onnx");

    [Fact]
    public void A_file_outside_the_project_is_copied_under_its_name() =>
        Of(Path.Combine(Path.GetTempPath(), "trtb-app-2", "a.onnx")).ShouldBe("a.onnx");

    [Theory]
    [InlineData("models/b.onnx", "models/b.onnx")]
    [InlineData(@"models\b.onnx", "models/b.onnx")]
    [InlineData(@"..\..\up/./b.onnx", "up/b.onnx")]
    public void A_link_wins_and_never_leaves_the_output_folder(string link, string target) =>
        Of(Path.Combine(Project, "models", "a.onnx"), link).ShouldBe(target);

    [Fact]
    public void Upper_and_lower_case_are_the_same_folder_on_Windows_only() =>
        Of(Path.Combine(Project.ToUpperInvariant(), "models", "a.onnx"))
            .ShouldBe(OperatingSystem.IsWindows() ? "models/a.onnx" : "a.onnx");

    [Fact]
    public void Weights_stay_beside_their_model()
    {
        var model = Path.Combine(Project, "models", "a.onnx");
        TargetPath.Beside("net/a.onnx", model, Path.Combine(Project, "models", "data", "w.bin")).ShouldBe("net/data/w.bin");
    }

    private static string Of(string file, string link = "") => TargetPath.Of(file, link, wildcard: "", Project);
}
