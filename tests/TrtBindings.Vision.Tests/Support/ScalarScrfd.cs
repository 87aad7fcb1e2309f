using System.Numerics;
using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>The outputs of an SCRFD model for one image, decoded row by row by the plain rules.</summary>
internal static class ScalarScrfd
{
    /// <summary>Runs a model on one input that is already made.</summary>
    public static List<FaceDetection> Run(
        byte[] file, float[] input, int width, int height, int strides, float scale, float confidence, float iou)
    {
        using var model = UntypedModel.Load(file);
        var values = model.Signature.InputDimensions.Select(d => d.Axis switch { 0 => 1L, 2 => height, _ => width }).ToArray();
        using var inputs = model.CreateInputs(values);
        using var outputs = model.CreateOutputsOfSize(1);
        input.CopyTo(inputs.Get<float>(0).Span);
        model.Run(inputs, outputs);
        var all = new List<FaceDetection>();
        for (var level = 0; level < strides; level++)
        {
            var (stride, anchors) = (8 << level, strides == 3 ? 2 : 1);
            var scores = outputs.Get<float>(level).Span;
            var boxes = outputs.Get<float>(strides + level).Span;
            for (var row = 0; row < scores.Length; row++)
            {
                if (scores[row] < confidence) continue;
                float x = row / anchors % (width / stride) * stride, y = row / anchors / (width / stride) * stride;
                var box = new Box(
                    (x - (boxes[4 * row] * stride)) / scale, (y - (boxes[(4 * row) + 1] * stride)) / scale,
                    (x + (boxes[(4 * row) + 2] * stride)) / scale, (y + (boxes[(4 * row) + 3] * stride)) / scale);
                FaceKeyPoints? points = null;
                if (outputs.Tensors.Count == 3 * strides)
                {
                    var offsets = outputs.Get<float>((2 * strides) + level).Span.Slice(10 * row, 10).ToArray();
                    Vector2 At(int k) => new(
                        (x + (offsets[2 * k] * stride)) / scale, (y + (offsets[(2 * k) + 1] * stride)) / scale);
                    points = new(At(0), At(1), At(2), At(3), At(4));
                }

                all.Add(new(scores[row], box, points));
            }
        }

        return Suppress(all, iou);
    }

    private static List<FaceDetection> Suppress(List<FaceDetection> all, float iou)
    {
        var (rest, kept) = (all.OrderByDescending(face => face.Score).ToList(), new List<FaceDetection>());
        while (rest.Count > 0)
        {
            var best = rest[0];
            kept.Add(best);
            rest = [.. rest.Skip(1).Where(face => Overlap(best.Box, face.Box) <= iou)];
        }

        return kept;
    }

    private static float Overlap(Box a, Box b)
    {
        var width = Math.Max(0, Math.Min(a.X2, b.X2) - Math.Max(a.X1, b.X1) + 1);
        var height = Math.Max(0, Math.Min(a.Y2, b.Y2) - Math.Max(a.Y1, b.Y1) + 1);
        static float Area(Box c) => (c.X2 - c.X1 + 1) * (c.Y2 - c.Y1 + 1);
        return width * height / (Area(a) + Area(b) - (width * height));
    }
}
