using System.Globalization;
using TrtBindings.Gpu.Tests.Figures;

namespace TrtBindings.Gpu.Tests.TypedResults;

/// <summary>Classes of a Vision Transformer with random weights, through a generated class.</summary>
public sealed class ClassificationTests
{
    private const int MostPictures = 32;
    private const int Classes = 10;

    [SkippableTheory]
    [InlineData("vit_n1-32_fp32")]
    [InlineData("vit_n1-32_fp16")]
    public void Scores_of_batches_of_1_to_32_are_those_of_the_CPU(string name)
    {
        using var models = BackendPair<Patches>.Load(name,
            (file, options) => Patches.Load(file, options), (file, options) => Patches.LoadEngine(file, options));
        var most = Tolerance.Of(models.Entry).Score;
        var options = new ClassificationOptions { Top = Classes, MaxBatch = MostPictures };
        using var cpu = ClassificationEngine.Create(models.Cpu, ClassificationPreprocessing.Timm, options);
        using var gpu = ClassificationEngine.Create(models.Gpu, ClassificationPreprocessing.Timm, options);
        ImageMemory[] pictures = [.. TypedPictures.Drawings(), .. TypedPictures.Faces()];
        var (worst, count, first, near) = (0.0, 0, 0, 0);
        var told = new HashSet<string>();
        for (var batch = 1; batch <= MostPictures; batch++)
        {
            ImageMemory[] some = [.. Enumerable.Range(batch, batch).Select(i => pictures[i % pictures.Length])];
            var (expected, found) = (cpu.Classify(some), gpu.Classify(some));
            found.Count.ShouldBe(batch);
            for (var i = 0; i < batch; i++, count++)
            {
                found[i].Select(one => one.ClassIndex).Order().ShouldBe(Enumerable.Range(0, Classes));
                foreach (var one in expected[i])
                {
                    var score = found[i].Single(other => other.ClassIndex == one.ClassIndex).Score;
                    worst = Math.Max(worst, Math.Abs((double)score - one.Score));
                }

                told.Add(string.Join(' ', expected[i].Select(one => one.Score.ToString("0.000", CultureInfo.InvariantCulture))));
                if (found[i][0].ClassIndex == expected[i][0].ClassIndex) first++;
                else if (expected[i][0].Score - expected[i][1].Score <= most) near++;
            }
        }

        // Scores that are the same for every picture would hide a batch that came out mixed.
        told.Count.ShouldBeGreaterThan(pictures.Length / 2);
        ImageMemory[] all = [.. pictures.Take(MostPictures)];
        TypedTimes.Report($"{name}, batch {all.Length}", all.Length, () => cpu.Classify(all), () => gpu.Classify(all));
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{count} pictures, scores of {Classes} classes {worst:0.#######}, best class the same in {first}");
        if (near > 0) text += $", in {near} two are equally good";
        FigureLog.Check(TypedFigures.Group, $"{name}, batches of 1 to {MostPictures}", text,
            string.Create(CultureInfo.InvariantCulture, $"scores {most:0.####}, the same best class"),
            worst <= most && first + near == count);
    }
}
