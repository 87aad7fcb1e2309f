using System.Text;

namespace TrtBindings.Generators.Tests;

/// <summary>Diagnostics of the analyzers in real builds of a project outside the repository.</summary>
[Trait("Category", "Slow")]
public sealed class ConstantBuildTests
{
    [Fact]
    public void Constants_fail_a_build_and_a_missing_range_is_only_in_its_log()
    {
        using var consumer = new ConsumerSolution();
        consumer.Add("app/models/net.onnx", Models.Identity("x", "y", "n", 4L));
        Write(consumer, "models/net.onnx", "net.Resize(n: -1); _ = net.X[0][4];");
        var (exitCode, output) = DotNet.Run(consumer.App, "build", "-v:m");
        exitCode.ShouldNotBe(0);
        output.ShouldContain("Program.cs(7,23): error TRTB0302: Dimension 'n' cannot be -1: it must be at least 0");
        output.ShouldContain("Program.cs(7,41): error TRTB0300: Dimension 0 has size 4 and indices 0 to 3, so 4 is ");
        output.ShouldNotContain(": warning ", Case.Sensitive, "the code fixes are no analyzer, and nobody minds");

        Write(consumer, "models/net.onnx", "net.Resize(n: 1); _ = net.X[0][3];");
        DotNet.Succeed(consumer.App, "build", "-v:n").ShouldNotContain("TRTB0", Case.Sensitive);

        DotNet.Succeed(consumer.App, "build", "-v:m", "--no-incremental", "-p:ErrorLog=log.sarif")
            .ShouldNotContain("TRTB0", Case.Sensitive);
        File.ReadAllText(Path.Combine(consumer.App, "log.sarif")).ShouldContain("Dimension 'n' has no range, and");
    }

    private static void Write(ConsumerSolution consumer, string model, string statements)
    {
        consumer.Add("app/App.csproj", Encoding.UTF8.GetBytes(
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>
              <ItemGroup><AdditionalFiles Include="{model}" /></ItemGroup>
            </Project>
            """));
        consumer.Add("app/Program.cs", Encoding.UTF8.GetBytes(
            $$"""
            internal static class Program
            {
                private static void Main()
                {
                    using var model = App.Net.Load();
                    using var net = model.AllocateInputs(n: 2);
                    {{statements}}
                }
            }
            """));
    }
}
