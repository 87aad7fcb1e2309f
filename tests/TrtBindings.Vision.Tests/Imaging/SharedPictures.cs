using System.Text.Json;
using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Imaging;

/// <summary>
/// Photographs of ../shared/realmodels and facts about them. A test is skipped if its photograph is missing.
/// </summary>
internal static class SharedPictures
{
    public static string Path(string name) => Shared.Require("realmodels/" + name);

    /// <summary>SHA-256 of the letterboxed RGB bytes of the first reference picture.</summary>
    public static string ReferenceInputHash()
    {
        using var reference = JsonDocument.Parse(File.ReadAllBytes(Path("yolo/yolov8n-seg-uint8.ref.json")));
        return reference.RootElement.GetProperty("results")[0].GetProperty("inputRgbU8Sha256").GetString()!;
    }
}
