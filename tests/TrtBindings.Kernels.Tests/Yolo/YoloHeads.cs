namespace TrtBindings.Kernels.Tests.Yolo;

/// <summary>Outputs of a YOLO model for a batch, made from a seed.</summary>
internal sealed class YoloHeads
{
    public const int Side = 640;

    /// <summary>Sizes of pictures: enlarged, reduced, with borders of every remainder, and of extreme shapes.</summary>
    private static readonly (int Width, int Height)[] Sizes =
        [(640, 640), (1920, 1080), (333, 777), (97, 101), (1283, 719), (64, 2000), (641, 640), (405, 1301)];

    public required YoloForm Form { get; init; }

    public required int Anchors { get; init; }

    public int Classes { get; init; } = 5;

    public int Others { get; init; }

    public int Grid { get; init; } = 160;

    public int Width { get; init; } = Side;

    public int Height { get; init; } = Side;

    /// <summary>Predictions of each picture.</summary>
    public required float[][] Predictions { get; init; }

    /// <summary>Prototypes of each picture, [others, grid, grid]; empty without masks.</summary>
    public float[][] Prototypes { get; init; } = [];

    public required LetterboxGeometry[] Geometries { get; init; }

    public int Batch => Predictions.Length;

    private bool HasRows => Form != YoloForm.Dense;

    private bool HasScores => Form != YoloForm.EndToEnd;

    /// <summary>Numbers before the scores, or before what the task adds.</summary>
    private int Fixed => Form switch { YoloForm.EndToEnd => 6, YoloForm.Dense or YoloForm.Transposed => 4, _ => 5 };

    public int Numbers => Fixed + (HasScores ? Classes : 0) + Others;

    public int Rows => HasRows ? Anchors : Numbers;

    public int Columns => HasRows ? Numbers : Anchors;

    /// <summary>Many overlapping boxes of every class, weak and strong.</summary>
    public static YoloHeads Random(
        int seed, YoloForm form = YoloForm.Dense, int anchors = 700, int classes = 5, int others = 0, int batch = 1,
        bool hasMasks = false, int grid = 160, bool isHalf = false, double power = 6,
        (int Width, int Height)? size = null)
    {
        var random = new Random(seed);
        var geometries = Enumerable.Range(0, batch)
            .Select(i => GeometryOf(size ?? Sizes[(seed + i) % Sizes.Length], form)).ToArray();
        var heads = new YoloHeads
        {
            Form = form, Anchors = anchors, Classes = classes, Others = others, Grid = grid, Geometries = geometries,
            Predictions = new float[batch][],
            Prototypes = hasMasks ? [.. Enumerable.Range(0, batch).Select(_ => Noise(random, others * grid * grid, isHalf))] : [],
        };
        for (var item = 0; item < batch; item++)
        {
            heads.Predictions[item] = new float[anchors * heads.Numbers];
            for (var anchor = 0; anchor < anchors; anchor++) heads.Fill(random, item, anchor, power);
            if (isHalf) heads.Predictions[item] = Array.ConvertAll(heads.Predictions[item], value => (float)(Half)value);
        }

        return heads;
    }

    public ref float this[int item, int anchor, int number] => ref Predictions[item][
        HasRows ? (anchor * Numbers) + number : (number * Anchors) + anchor];

    /// <summary>A score of a class.</summary>
    public ref float Score(int item, int anchor, int label) => ref this[item, anchor, Fixed + label];

    /// <summary>One picture's predictions, as the CPU pipeline reads them.</summary>
    public YoloOutput Output(int item, float confidence) => HasRows && HasScores
        ? new PredictionRows(Form, Others, Width, Height, confidence).Read(Predictions[item], Rows, Columns)
        : new(Predictions[item], Rows, Columns, HasScores ? Classes : 0);

    public YoloSegHead SegHead(int item, float confidence) =>
        new(Output(item, confidence), Prototypes[item], Others, Grid, Grid);

    /// <summary>The pictures as kernels see them.</summary>
    public GpuFrame[] Frames => Array.ConvertAll(Geometries, geometry => FrameOf(
        geometry, Form is YoloForm.YoloX or YoloForm.YoloXDecoded));

    public nint[] Shape => [Batch, Rows, Columns];

    public nint[] PrototypeShape => [Batch, Others, Grid, Grid];

    private static LetterboxGeometry GeometryOf((int Width, int Height) size, YoloForm form) =>
        form is YoloForm.YoloX or YoloForm.YoloXDecoded
            ? LetterboxGeometry.FitTopLeft(size.Width, size.Height, Side, Side)
            : LetterboxGeometry.Fit(size.Width, size.Height, Side, Side);

    private static GpuFrame FrameOf(in LetterboxGeometry geometry, bool hasOneGain) => new()
    {
        Width = geometry.ImageWidth,
        Height = geometry.ImageHeight,
        InputWidth = geometry.InputWidth,
        InputHeight = geometry.InputHeight,
        ScaledWidth = geometry.ScaledWidth,
        ScaledHeight = geometry.ScaledHeight,
        Left = geometry.Left,
        Top = geometry.Top,
        GainX = hasOneGain ? (float)geometry.Scale : (float)(geometry.ScaledWidth / (double)geometry.ImageWidth),
        GainY = hasOneGain ? (float)geometry.Scale : (float)(geometry.ScaledHeight / (double)geometry.ImageHeight),
    };

    private static float[] Noise(Random random, int count, bool isHalf)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = (random.NextSingle() * 2) - 1;
            if (isHalf) values[i] = (float)(Half)values[i];
        }

        return values;
    }

    private void Fill(Random random, int item, int anchor, double power)
    {
        float Any(float most) => random.NextSingle() * most;
        var (x, y, width, height) = (Any(Side), Any(Side), 20 + Any(Side / 3f), 20 + Any(Side / 3f));
        if (Form == YoloForm.YoloX) (x, y, width, height) = (Any(2) - .5f, Any(2) - .5f, Any(3) - 1, Any(3) - 1);
        var isCorners = Form == YoloForm.EndToEnd;
        float[] box = isCorners ? [x - (width / 2), y - (height / 2), x + (width / 2), y + (height / 2)] : [x, y, width, height];
        for (var i = 0; i < 4; i++) this[item, anchor, i] = box[i];
        if (isCorners)
        {
            // Rows of an end-to-end head fall in score.
            this[item, anchor, 4] = 1 - ((anchor + Any(1)) / Anchors);
            this[item, anchor, 5] = random.Next(Classes);
        }
        else
        {
            if (Fixed == 5) this[item, anchor, 4] = .5f + Any(.5f);
            for (var label = 0; label < Classes; label++)
                Score(item, anchor, label) = (float)Math.Pow(random.NextSingle(), power);
        }

        for (var i = 0; i < Others; i++) this[item, anchor, Numbers - Others + i] = Any(2) - 1;
    }
}
