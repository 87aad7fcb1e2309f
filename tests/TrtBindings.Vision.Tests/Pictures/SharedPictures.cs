using System.Text.Json;

namespace TrtBindings.Vision.Tests.Pictures;

/// <summary>Photographs and facts of ../shared/realmodels; a test that wants one is skipped where it is absent.</summary>
internal static class SharedPictures
{
    public static string Path(string name)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(System.IO.Path.Combine(root.FullName, "TrtBindings.sln"))) root = root.Parent;
        root.ShouldNotBeNull();
        var path = System.IO.Path.Combine(root.Parent!.FullName, "shared", "realmodels", name);
        Skip.IfNot(File.Exists(path), $"../shared/realmodels/{name} is not there.");
        return path;
    }

    /// <summary>SHA-256 of the letterboxed RGB bytes of the first reference picture.</summary>
    public static string ReferenceInputHash()
    {
        using var reference = JsonDocument.Parse(File.ReadAllBytes(Path("yolo/yolov8n-seg-uint8.ref.json")));
        return reference.RootElement.GetProperty("results")[0].GetProperty("inputRgbU8Sha256").GetString()!;
    }
}
