namespace TrtBindings.Kernels.Tests.Preprocessing;

/// <summary>Pictures of sizes from 1 x 1 to 4096 x 2160, always the same ones.</summary>
internal static class RandomPictures
{
    /// <summary>Number of formats: five packed ones, NV12 and I420.</summary>
    public const int Formats = 7;

    /// <summary>A size whose sides spread over all orders of magnitude, so that most pictures are small.</summary>
    public static (int Width, int Height) Size(Random random) => (Side(random, 4096), Side(random, 2160));

    /// <summary>
    /// Batches of 1 to 8 pictures, every format in turn, some places empty. The first picture of all is 1 x 1, the second 4096 x
    /// 2160.
    /// </summary>
    /// <param name="seed">Tells one sequence from another.</param>
    /// <param name="count">Pictures in all.</param>
    /// <param name="largest">The most pixels of one picture.</param>
    public static IEnumerable<TestPicture?[]> Batches(int seed, int count, int largest)
    {
        var random = new Random(seed);
        for (var made = 0; made < count;)
        {
            var batch = new TestPicture?[1 + random.Next(8)];
            for (var i = 0; i < batch.Length; i++)
            {
                if (i > 0 && random.Next(8) == 0) continue;
                batch[i] = new(random, Of(made), (seed + made) % Formats);
                made++;
            }

            yield return batch;
        }

        (int Width, int Height) Of(int index)
        {
            if (index == 0) return (1, 1);
            if (index == 1 && 4096 * 2160 <= largest) return (4096, 2160);
            while (true)
            {
                var (width, height) = Size(random);
                if ((long)width * height <= largest) return (width, height);
            }
        }
    }

    private static int Side(Random random, int most) =>
        Math.Clamp((int)Math.Round(Math.Pow(most, random.NextDouble())), 1, most);
}
