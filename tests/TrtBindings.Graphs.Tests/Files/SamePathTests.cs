using TrtBindings.Graphs.Files;
using TrtBindings.Graphs.Tests.Support;

namespace TrtBindings.Graphs.Tests.Files;

/// <summary>Paths are compared by the file that they lead to.</summary>
public sealed class SamePathTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public SamePathTests()
    {
        Directory.CreateDirectory(_folder["real"]);
        File.WriteAllText(_folder["real/net.onnx"], "net");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Spelling_does_not_make_another_file()
    {
        SamePath.Is(_folder["real/net.onnx"], _folder["real/../real/./net.onnx"]).ShouldBeTrue();
        SamePath.Is(_folder["real/net.onnx"], Path.GetRelativePath(Environment.CurrentDirectory, _folder["real/net.onnx"]))
            .ShouldBeTrue();
        SamePath.Is(_folder["real/net.onnx"], _folder["net.onnx"]).ShouldBeFalse();
        SamePath.Is(_folder["real/NET.onnx"], _folder["real/net.onnx"]).ShouldBe(!OperatingSystem.IsLinux());
    }

    [Fact]
    public void Links_of_files_and_of_folders_are_followed_and_a_file_need_not_be_there()
    {
        File.CreateSymbolicLink(_folder["link.onnx"], _folder["real/net.onnx"]);
        File.CreateSymbolicLink(_folder["second.onnx"], "link.onnx");
        Directory.CreateSymbolicLink(_folder["folder"], _folder["real"]);
        SamePath.Is(_folder["second.onnx"], _folder["folder/net.onnx"]).ShouldBeTrue();
        SamePath.Is(_folder["folder/new.onnx"], _folder["real/new.onnx"]).ShouldBeTrue();
        SamePath.Is(_folder["folder/new.onnx"], _folder["real/net.onnx"]).ShouldBeFalse();
    }

    [Fact]
    public void Writing_replaces_a_link_and_not_what_it_leads_to()
    {
        File.CreateSymbolicLink(_folder["link.onnx"], _folder["real/net.onnx"]);
        SamePath.Replaces(_folder["link.onnx"], _folder["real/net.onnx"]).ShouldBeFalse();
        SamePath.Replaces(_folder["real/net.onnx"], _folder["link.onnx"]).ShouldBeTrue();
        SamePath.Replaces(_folder["link.onnx"], _folder["link.onnx"]).ShouldBeTrue();
    }
}
