
namespace TrtBindings.Gpu.Tests.TypedResults;

/// <summary>One thing that an engine found, whichever engine it was.</summary>
/// <param name="Class">Its class; 0 for a face.</param>
/// <param name="Score">Its score.</param>
/// <param name="Box">Its box in pixels of the picture.</param>
/// <param name="Points">A face's key points.</param>
/// <param name="Mask">An instance's pixels.</param>
internal readonly record struct Find(int Class, float Score, Box Box, FaceKeyPoints? Points, Mask? Mask)
{
    public static Find[] Of(IEnumerable<FaceDetection> faces) =>
        [.. faces.Select(face => new Find(0, face.Score, face.Box, face.KeyPoints, null))];

    public static Find[] Of<TLabel>(IEnumerable<InstanceDetection<TLabel>> found)
        where TLabel : unmanaged, Enum =>
        [.. found.Select(one => new Find(one.ClassIndex, one.Score, one.Box, null, one.Mask))];
}
